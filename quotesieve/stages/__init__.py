"""What happens to an article, stage by stage: joins `text` and `match`, opens nothing.

clean: RawArticle -> Article. extract: Article -> Mentions and Paragraphs. passages: grouped
mentions -> Passages with ids that last. dedupe: all of the last for values in memory.
"""
