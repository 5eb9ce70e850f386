"""Phrases that sites put around articles, by language and reason: data only, no logic.

A line of a table is a mark, then phrases between bars:

    !  the whole line, and no article ever has such a line of its own ("Skip advert")
    =  the whole line, though an article may have one too ("Comments", "Politics")
    ^  how the line begins
    ~  words anywhere in the line

Phrases are lower case, words only (punctuation is ignored on both sides) and every number is
a single 0: "view 0 images" is "View 3 images". Written by hand from what sites of many
countries print; no phrase names an outlet. `ANY` holds what is printed in every language.
"""

ANY = """
navigation: = facebook | twitter | x | x twitter | twitter x | instagram | youtube | linkedin | whatsapp
navigation: = pinterest | reddit | tumblr
navigation: = telegram | flipboard | tiktok | bluesky | threads | mastodon | xing | messenger
navigation: = facebook messenger | snapchat | google
navigation: = vk | odnoklassniki | vkontakte | truth | gettr | gab | parler | pocket | email | e mail | mail
navigation: = rss | rss feed | sms | line
navigation: = wechat | weibo | discord | home | menu | blog | podcast | podcasts | video | videos | tv
navigation: = newsletter | faq | faqs
navigation: = english | deutsch | français | español | italiano | português | polski | türkçe | nederlands
navigation: = svenska | русский
navigation: = facebook twitter | facebook x | facebook twitter linkedin | facebook twitter whatsapp
navigation: = facebook twitter email
navigation: = google news | apple news | google play | app store | google play store | web | print | pdf
navigation: = link | ok | δ | 0 0 | 0
caption: ~ getty images | shutterstock | istock | unsplash | pexels | pixabay | alamy | picture alliance
caption: ~ imago images | adobe stock
caption: ~ dpa picture | via getty | wikimedia commons | depositphotos | photo by | foto di | courtesy of
caption: ~ ap photo | pool photo
metadata: ^ doi 0 | isbn
legal: ~ all rights reserved | gmbh co kg | recaptcha
legal: ^ copyright 0 | copyright
newsletter: = newsletters
"""

ENGLISH = """
advert: ! advertisement | advertisements | skip advert | skip ad | skip advertisement
advert: ! advertisement article continues below
advert: ! article continues below | article continues below advertisement | story continues below
advert: ! story continues below advertisement
advert: ! advertisement story continues below | continue reading below | sponsored links | sponsored content
advert: ! paid content | remove ads
advert: ! advertisement continue reading below | scroll to continue | this advertisement has not loaded yet
advert: ! report this ad | ad feedback
advert: ! advertisement content continues below | content continues below | remove ad | hide ads | close ad
advert: ! paid advertisement
advert: ! this is a modal window | why ads | after the ad | continue after the advertisement
advert: ! advertisement skip | ad break
advert: = ad | ads | sponsored | promoted | paid post | presented by | brought to you by | partner content
advert: = from our partners | supported by
advert: ^ advertisement | this advertisement has not loaded | article continues | story continues
advert: ^ continue reading | content continues below
advert: ^ presented by | brought to you by | sponsored by | powered by | in partnership with | paid for by
advert: ^ ad
advert: ~ affiliate links | affiliate link | affiliate commission | earn a commission | earn commission
advert: ~ amazon associate | paid partnership
advert: ~ may earn | commissions from | advertiser disclosure | at no extra cost to you
advert: ~ at no additional cost to you | promo code
advert: ~ limited time offer | shop now | buy now | order now | use code
navigation: ! skip to content | skip to main content | skip to navigation | jump to content | back to top
navigation: ! to top | scroll to top | go to top
navigation: ! toggle navigation | open menu | close menu | open menu close menu | main menu | site search
navigation: ! search for | toggle menu
navigation: ! breadcrumb | breadcrumbs | breadcrumb trail links | you are here | post navigation
navigation: ! previous post | next post
navigation: ! previous article | next article | share this | share this article | share this post
navigation: ! share this story | share this page
navigation: ! share on facebook | share on twitter | share on x | share on linkedin | share on pinterest
navigation: ! share on reddit
navigation: ! share on whatsapp | share on tumblr | share on vk | share on google | share by mail
navigation: ! share by email | share via email
navigation: ! share this entry | share this item on facebook | click to share | copy link
navigation: ! copy article link | copy link copied
navigation: ! link copied | copied | copy url | copy to clipboard | print this page | print this article
navigation: ! email this article | print article
navigation: ! send to a friend | email a friend | show caption | hide caption | toggle caption
navigation: ! enlarge this image | expand image
navigation: ! open image in gallery | view gallery | open gallery | view image in fullscreen | full screen
navigation: ! enter fullscreen | close modal
navigation: ! open in app | get the app | listen to this article | listen to article | play audio
navigation: ! close this dialog | back to blog
navigation: ! skip to footer | site index | site map | sitemap | main navigation | site navigation
navigation: ! quick links | useful links | add us on google
navigation: ! more sharing options | see more sharing options | view on instagram
navigation: ! view this post on instagram | view on twitter | watch on youtube
navigation: ! back to home | return to homepage | go back | view comments | show comments | hide comments
navigation: ! see all comments | save article
navigation: ! gift this article | give this article | share full article | bookmark this article
navigation: ! add to bookmarks | add to favorites | x close
navigation: ! post to facebook | tweet this | pin it | share tweet | like this page | share save
navigation: ! share link | email share
navigation: = share | tweet | save | print | close | search | back | next | previous | more | follow | like
navigation: = bookmark | listen | comment | menu close
navigation: = about | about us | contact | contact us | careers | resources | news | events | company
navigation: = business | pricing | reviews | sport | sports
navigation: = shop | services | community | support | technology | travel | politics | advertise
navigation: = entertainment | articles | features | products
navigation: = health | categories | education | latest | world | website | topics | solutions | science
navigation: = opinion | lifestyle | jobs | help
navigation: = guides | food | books | tools | tech | recipes | music | media | explore | top | press
navigation: = platform | partners | blogs | loading
navigation: = legal | culture | tags | tag | newsroom | locations | connect | testimonials | terms
navigation: = sections | research | other | magazine | life
navigation: = leadership | latest news | all | weather | training | shopping | press releases | obituaries
navigation: = interviews | games | finance | economy
navigation: = calendar | archives | archive | overview | style | links | money | donate | copyright
navigation: = international | local | national | us news
navigation: = uk news | industry news | world news | auto news | home news | breaking news | top news
navigation: = celebrity news | football | crime | money
navigation: = follow us | follow us on | connect with us | stay connected | social media
navigation: = share your thoughts | view all | see all | show more
navigation: = show less | view more | see more | load more | read less | expand | collapse | toggle | yes
navigation: = no | or | edit | delete | report | reply
navigation: = video player | audio | live | photos | gallery | slideshow | transcript | play | pause | mute
navigation: = unmute | volume | settings | captions
navigation: = trending | popular | features news | road tests | edition | us edition | uk edition | language
navigation: = table of contents | contents
navigation: = on this page | in this article | jump to | jump to recipe | print recipe | jump to section
navigation: = skip | up | down | toggle table of contents
navigation: ^ skip to | back to | jump to | share this story | share this item | share on | share via
navigation: ^ share to | click to share | copy link
navigation: ^ filed under | posted in | tagged | tags | tag | categories | category | topics | more topics
navigation: ^ view all | see all | follow us on | find us on
navigation: ^ follow us | connect with us | opens in | click to | open in | go to | return to | browse
navigation: ^ section
navigation: ^ click to share | video | watch video | play video | watch live | tap to
navigation: ~ opens in new window | opens in a new window | opens in new tab | follow us on
navigation: ~ add us as a preferred source | preferred source
navigation: ~ on facebook twitter | facebook twitter | like us on facebook | email share | on facebook
navigation: ~ on instagram | subscribe to our youtube
related: ! related articles | related posts | related stories | related content | related news
related: ! related topics | related cars | related coverage
related: ! related reading | related links | related video | related videos | related story
related: ! related article | related post | related items
related: ! you may also like | you might also like | you may also be interested in
related: ! you might be interested in | you may like | also read
related: ! recommended for you | recommended stories | recommended reading | recommended articles
related: ! recommended videos | more stories
related: ! most popular | most read | most viewed | most shared | most commented | most recent
related: ! trending now | trending news | trending stories
related: ! popular posts | popular articles | popular stories | popular now | top stories | latest stories
related: ! latest posts | latest articles | recent posts
related: ! recent articles | recent stories | recent news | read next | up next | read more | read also
related: ! see also | editors picks | editor s picks
related: ! more from this author | more from author | more in this section | more on this topic
related: ! more on this story | around the web | from the web
related: ! more like this | keep reading | continue reading | continue reading the main story | the latest
related: ! latest videos | what to read next
related: ! in case you missed it | don t miss | more news | other news | other articles | other stories
related: ! more articles | more posts | similar posts
related: ! similar articles | featured articles | featured stories | featured posts | further reading
related: ! elsewhere on the web | stories for you
related: ! read more on this story | read full story | read the full story | read full article
related: ! read the full article | full story | learn more
related: ! more to explore | discover more | explore more | more to read | more to discover | we recommend
related: ! top picks | trending articles
related: = related | recommended | trending | popular | featured | more reviews | next up | news features
related: = watch | read | must read | must reads
related: ^ read more | read next | related | see also | also read | read also | more from | more on
related: ^ more in | most popular | you may also like
related: ^ you might also like | recommended | don t miss | watch | up next | latest from | the latest from
related: ^ the latest news | previous | next | up next
related: ^ read the | click here to read | explore more | see more | learn more | check out our | read our
related: ^ for more on | for more about | more about
related: ^ view more | find out more | discover more | top stories | best of | click here for | must read
related: ^ editor s pick | in pictures | in photos
related: ^ keep reading | further reading | here s | what to know about | previously | source | via
related: ^ view all posts
related: ~ click here to read | read more here | read more about | read more at | for more information visit
related: ~ more from | you can read more
related: ~ related article | related stories | find out more | click here | more here | learn more here
related: ~ see our full
promo: ! learn more about | start free trial | start your free trial | get started | get started for free
promo: ! try for free | try it free | book a demo
promo: ! request a demo | schedule a demo | request demo | contact sales | talk to sales | talk to an expert
promo: ! free trial | get a quote | free sample
promo: ! get a free quote | apply now | download now | download free sample | find out more
promo: ! become a member | support us | support our work
promo: ! support our journalism | subscribe now | subscribe today | join today | join now | donate now
promo: ! get it now | shop all | add to cart | sign up now
promo: ! upgrade to premium | go premium | subscribers only | subscriber only | for subscribers
promo: ! members only | premium content | try it now
promo: = membership | gift cards | deals | offers | see deal | view deal | check price | check prices
promo: = see price | view offer | visit site
promo: = latest deals | podcast | our apps | download the app | our newsletter | request information
promo: = company profile free sample | whitepaper
promo: ^ download our | download the | download your | get our | get your free | get a free | start your
promo: ^ try our | book a | request a | join our | join the
promo: ^ become a | become an | support our | support independent | subscribe to our youtube | listen to our
promo: ^ watch our | follow our | join us
promo: ^ find your next | find a | find your | want more | ready to | ready for more | looking for
promo: ^ not ready to | need help | have a story | got a story
promo: ^ discover our | explore our | visit our | learn more about our | learn how | check out our
promo: ^ save up to | get up to | buy | shop | order your
promo: ^ access the | plus special access | how well do you | do you have a story | do you have a news
promo: ^ special offer | enjoy unlimited | unlock
promo: ^ do you think | what do you think | let us know | have your say | tell us | already a subscriber
promo: ^ to continue reading | this article is for
promo: ^ this article is free | create a free account | create an account | log in to | sign in to
promo: ^ to read the full | you have reached | subscribe for
promo: ^ get unlimited | thank you for reading | thanks for reading | thank you for your interest
promo: ^ the most comprehensive | save hours
promo: ^ want to know | get the most | discover | access | unlock | try | upgrade | explore | enjoy | save
promo: ^ stay ahead | choose from | request
promo: ~ on the market | hours of research | competitive edge | of your rivals | of your competitors
promo: ~ powered by | downloading | free download
promo: ~ free trial | free sample | free account | money back | per month | cancel anytime
promo: ~ unlimited access | digital subscription | subscribe now
promo: ~ download the app | available on the app store | app store and google play | our app | our readers
promo: ~ our journalism | reader supported
promo: ~ contact our team | book a consultation | free consultation | get in touch | contact us
promo: ~ our products | our services | our company
promo: ~ our team of experts | buying decision | beneficial decision | best deals | exclusive offers
promo: ~ special access | premium content | free of charge
promo: ^ join for access | enjoy additional | access articles | unlimited online access | enjoy the latest
promo: ^ create an account or | you can save this
promo: ^ we apologize but | tap here to | having trouble | share your thoughts and join | support the
promo: ^ dear reader | this content is | listen to
promo: ~ online access | access to this content | premium content | additional articles per month
promo: ~ reading experience | with your account
promo: ~ failed to load | other videos | back to video | having trouble | replica of the print
promo: ~ register sign in | to unlock | invitation only
promo: ~ from our team | support our | donate | donation | help us | your support | independent journalism
promo: ~ our reporting
promo: ~ become a member | subscribers only | full access | gift subscription | new subscribers
promo: ~ paid subscribers | this post is for | our podcast
newsletter: ! sign up | subscribe | subscribe to our newsletter | sign up for our newsletter
newsletter: ! join our newsletter | get our newsletter | email sign up
newsletter: ! newsletter sign up | newsletter signup | stay in the know | stay up to date | stay informed
newsletter: ! never miss a story | never miss a post
newsletter: ! get the latest news delivered to your inbox | subscribe to newsletter
newsletter: ! sign up for newsletters | your inbox | daily newsletter
newsletter: ! sign up for free | subscribe via email | subscribe by email | join our mailing list
newsletter: ! follow by email | stay in touch | sign me up
newsletter: = email | subscriptions | alerts | join the conversation | thank you for subscribing
newsletter: = thanks for subscribing | success
newsletter: ^ sign up for | sign up to | subscribe to | subscribe for | subscribe and | get the latest
newsletter: ^ get the best | get the top | get more
newsletter: ^ stay up to date | stay in the loop | stay ahead | stay informed | join over | join thousands
newsletter: ^ join 0 | never miss | be the first to know
newsletter: ^ don t miss out | want the latest | by signing up | by subscribing | your daily
newsletter: ^ our daily newsletter | this newsletter | receive
newsletter: ^ get our | get a daily | get breaking | a weekly | enter your email | thanks for signing up
newsletter: ^ thank you for signing up
newsletter: ~ newsletter | newsletters | your inbox | mailing list | email updates | email alerts
newsletter: ~ sign up here | signing up | subscribe here
newsletter: ~ sign up for our | sign up to our | unsubscribe | breaking news alerts | weekly digest
newsletter: ~ daily briefing | push notifications
newsletter: ~ delivered to you | straight to your | sign up for the | subscribe to our | subscribe to the
caption: ! image | image source | image credit | photo | photograph | photos | file photo | file photograph
caption: ! stock image | handout | video
caption: ! image caption | media caption | photo credit | advertisement image | featured image | view image
caption: ! 0 of 0 | view 0 images | 0 images
caption: = front view | rear view | side view | header | courtesy | screenshot | illustration | graphic
caption: = map | chart
caption: ^ image | image source | image caption | photo | photograph | picture | pictured | photo by
caption: ^ photos by | file photo | file | illustration by
caption: ^ credit | photo credit | image credit | courtesy of | source | video | media caption
caption: ^ a file photo | screenshot | view 0 | caption | above
caption: ^ figure 0 | fig 0 | graphic | illustration
caption: ~ stock image | stock photo | image getty | picture getty | photo by getty | photo provided
caption: ~ photo supplied | picture by | image pa
caption: ~ file photo | photo credit | image credit | image source | photo courtesy | image courtesy
caption: ~ pictured above | pictured left | pictured right
caption: ~ photograph by | image via | photo via | press association | in this file | in this photo
caption: ~ in this image | screengrab | screenshot of | handout
caption: ~ 0 getty | afp getty | pa wire | pa media | reuters 0 | pool via | first on | left and | right and
caption: ~ poses for | seen here | front view
caption: ~ rear view | side view | angle view | front end | rear end | interior view | header image
author_bio: ! about the author | about the authors | about author | about the writer | meet the author
author_bio: ! author bio | written by | reviewed by | edited by
author_bio: ! view all posts | view more articles | more by this author | editor in chief | editor at large
author_bio: ! staff writer | senior editor | news editor
author_bio: ! contributing writer | contributor | freelance writer | guest author | deputy editor
author_bio: ! managing editor | reporter | senior reporter
author_bio: ! correspondent | political correspondent | chief reporter | business reporter | senior writer
author_bio: ! senior correspondent | follow on twitter
author_bio: = author | authors | biography | bio | our experts | contributors | editor | our team
author_bio: = follow the author | profile
author_bio: ^ about the author | written by | reviewed by | edited by | fact checked by | medically reviewed
author_bio: ^ additional reporting by | reporting by
author_bio: ^ editing by | with reporting by | follow him on | follow her on | you can follow
author_bio: ^ view all posts by | more by | about | meet | hi i m
author_bio: ^ with contributions from | contact the reporter | email the | contact the author | have a tip
author_bio: ~ is a freelance | is a staff writer | is a senior reporter | is a reporter | is a contributing
author_bio: ~ is a writer | is an author and
author_bio: ~ is the author of | has written for | is based in | is a journalist | is an editor | is editor
author_bio: ~ follow her | follow him | can be reached at
author_bio: ~ covers the | his work has appeared | her work has appeared | their work has appeared
author_bio: ~ years of experience | contributed to this
author_bio: ~ contributed to this report | writes about | writing about | started journalism | reporting on
author_bio: ~ lives in | lives with | degree in
author_bio: ~ holds a | graduated from | deputy editor | news editor | editor in chief | prior to joining
author_bio: ~ before joining | previously worked
author_bio: ~ is a professor | senior fellow | is the founder of | views expressed | opinions expressed
author_bio: ~ in his spare time | in her spare time
form: ! email address | your email | your email address | first name | last name | name | full name
form: ! password | submit | log in | login | sign in
form: ! register | create account | forgot password | forgot your password | remember me | phone number
form: ! send | send message | required | name required
form: ! email required | your name | country | message | your message | username | search
form: ! please enter a valid email address | confirm | cancel
form: ! thank you your submission has been received | oops something went wrong while submitting the form
form: ! checking your browser | select
form: ! join the discussion | join the conversation | join discussion | recipe rating | rate this
form: ! rate this article | was this helpful | yes no
form: ! was this article helpful | your rating | sign out | my account | submit search | enter your email
form: ! enter email address | thank you | thanks
form: ! something went wrong | please try again | an error occurred | already have an account
form: ! don t have an account | close search
form: = account | cart | checkout | accept | continue | go | apply | next step | comments required | thanks
form: = ok
form: ^ please enter | enter your | your email | this field | oops | please log in | please sign in
form: ^ please enable | please complete | please fill
form: ^ forgot your | already have an | i agree | i accept | i consent | by clicking | by submitting
form: ^ by continuing | save my name | sign in | log in
form: ^ this site is protected | thank you your | thank you for your | please select | please provide
form: ^ please try | create a password | your download
form: ^ required fields | fields marked | notify me | don t have an account | an error | submit your
form: ^ submit a | required | select
form: ^ by entering your | by providing your | by registering | by creating an account
form: ~ entering your email | pushing continue | email address | you are agreeing
form: ~ notice of financial incentive
form: ~ valid email | required fields | your submission | submitting the form | the below form | form below
form: ~ fill out the | fill in the form
form: ~ will arrive shortly | check your email | password reset | enable javascript | log in or | sign in or
form: ~ register or | agree to receive
form: ~ your request | javascript | has been sent | confirm your | confirmation email | your browser
form: ~ your download
legal: ! privacy policy | privacy | terms of use | terms of service | terms conditions
legal: ! terms and conditions | cookie policy | cookie settings | cookies
legal: ! disclaimer | accessibility statement | privacy notice | privacy statement | your privacy choices
legal: ! code of conduct | corrections | copyright notice
legal: ! all rights reserved | legal notice | do not sell my personal information
legal: ! do not sell or share my personal information | ad choices
legal: ! manage cookies | accept cookies | accept all | reject all | accept all cookies | cookie preferences
legal: ! our standards
legal: = accessibility | privacy terms | editorial policy | editorial guidelines | ethics policy | imprint
legal: = affiliate disclosure | disclosure | foia
legal: ^ copyright | by signing up you | by continuing | by using | we use cookies | this website uses
legal: ^ this site uses | visit our privacy | do not sell
legal: ^ all rights | disclaimer | our standards | the information | this material may not
legal: ^ use of this site | this content is for | reprints
legal: ^ this article was originally published | this story was originally published
legal: ^ this article first appeared | republish
legal: ^ this post contains | this article contains affiliate | this post may contain | affiliate disclosure
legal: ^ terms of | registered in | an official website
legal: ~ privacy policy | terms of use | terms of service | terms and conditions | cookie policy
legal: ~ use cookies | all rights | personal data | uses cookies
legal: ~ may not be reproduced | without permission | published broadcast rewritten
legal: ~ informational purposes only | not intended to | medical advice
legal: ~ your personal information | data protection | marketing communications | marketing emails
legal: ~ registered trademark | financial advice | liability
legal: ~ trademarks | under license | creative commons | consent to | opt out | you agree | you consent
legal: ~ our standards | affiliate | all rights reserved
metadata: ! published | updated | last updated | posted | date | by | posted by | author | min read
metadata: ! 0 min read | 0 minute read | 0 minutes read
metadata: ! 0 mins read | 0 hours ago | 0 days ago | 0 day ago | 0 hour ago | 0 minutes ago | 0 mins ago
metadata: ! 0 weeks ago | 0 months ago | 0 years ago
metadata: ! just now | yesterday | 0h ago | 0m ago | 0d ago | reading time 0 min | reading time 0 minutes
metadata: ! 0 views | 0 shares | 0 likes | 0 reads
metadata: ! first published | last modified | last updated on | date published | publish date | published on
metadata: ! updated on | read time
metadata: = make | model | segment | year | location | type | topic | format | language | duration | length
metadata: = genre | release date | rating | price
metadata: = editorial | exclusive | analysis | comment | explainer | review | video | report | fact check
metadata: = feature | interview | breaking | column
metadata: ^ by | published | updated | posted | posted on | posted by | last updated | last modified
metadata: ^ first published | published on | updated on
metadata: ^ written by | date | 0 min read | 0 minute read | read time | reading time
metadata: ^ estimated reading time | photography by | words by | text by
metadata: ^ story by | from | january 0 | february 0 | march 0 | april 0 | may 0 | june 0 | july 0
metadata: ^ august 0 | september 0 | october 0 | november 0
metadata: ^ december 0 | jan 0 | feb 0 | mar 0 | apr 0 | jun 0 | jul 0 | aug 0 | sep 0 | sept 0 | oct 0
metadata: ^ nov 0 | dec 0 | monday | tuesday
metadata: ^ wednesday | thursday | friday | saturday | sunday | 0 jan | 0 feb | 0 mar | 0 apr | 0 may
metadata: ^ 0 jun | 0 jul | 0 aug | 0 sep | 0 oct | 0 nov | 0 dec
metadata: ^ 0 january | 0 february | 0 march | 0 april | 0 june | 0 july | 0 august | 0 september
metadata: ^ 0 october | 0 november | 0 december
metadata: ~ min read | minute read | minutes read | hours ago | days ago | updated on | published on
metadata: ~ published at | updated at | last updated | ago
metadata: ~ 0 pm | 0 am | 0 0 am | 0 0 pm | 0pm | 0am | est | edt | gmt | bst | pst | utc | word count
comments: ! leave a reply | leave a comment | leave a reply cancel reply | leave a comment cancel reply
comments: ! post a comment | add a comment | add comment
comments: ! 0 comments | 0 comment | no comments | comments are closed | comments closed | comments off
comments: ! view 0 comments | load comments | reader comments
comments: ! write a comment | cancel reply | discussion about this post | be the first to comment
comments: ! no comments yet | no posts | comments section | 0 replies
comments: ! join the debate | post comment | submit comment | 0 responses | industry news comments
comments: ! restacks | read 0 comments | sort by | newest | oldest
comments: = comments | comment | discussion | reply | replies | responses | feedback | report | like reply
comments: = reader interactions | share your comment
comments: ^ leave a | be the first | 0 comments | comments | your email address will not
comments: ^ you must be logged | what do you think | 0 thoughts on
comments: ^ 0 responses | 0 replies | comment on | reply to | posted in reply | show comments
comments: ^ view all comments | this site uses akismet | liked by
comments: ^ save my name | log in to comment | please keep comments | let us know | share your thoughts
comments: ^ have your say | thanks for sharing
comments: ^ great article | great post | thank you so much for | love this
comments: ~ in the comments | comments below | comment below | leave a comment | your comment
comments: ~ comments section | will not be published | your thoughts
comments: ~ thanks for sharing | reply cancel | says reply | 0 at 0 0 | community guidelines
boilerplate: ! loading | loading comments | loading please wait | powered by wordpress | made with love
boilerplate: ! substack is the home for great culture
boilerplate: ! start your substackget the app | ready for more | this page | opens in a new window
boilerplate: ! content warning | see all results | no results found
boilerplate: = yes | no | na | n a | done | new | free | other | all | none | hello | welcome | sponsored
boilerplate: = menu | untitled | details
boilerplate: ^ powered by | this article was | this story was | this post was | this page | this website
boilerplate: ^ this content | start your | protected by
boilerplate: ^ if you have a | have a question | to contact the | for more information | contact | e mail
boilerplate: ^ phone | tel | editor s note
boilerplate: ^ correction | clarification | this story has been updated | this article has been updated
boilerplate: ^ note to | we want to hear
boilerplate: ~ an official website | non profit | nonprofit organization | originally published
boilerplate: ~ originally appeared | first appeared | copyright
boilerplate: ~ press contact | media contact | contact information | trust project | has been updated
"""

GERMAN = """
advert: ! anzeige | werbung | werbung überspringen | artikel wird nach der anzeige fortgesetzt | gesponsert
advert: ! anzeigen | weiter nach der anzeige
advert: ! der artikel wird nach der anzeige fortgesetzt | weiterlesen nach der anzeige
advert: ^ anzeige | werbung | sponsored | gesponsert von
advert: ~ affiliate | werbepartner | provision | mit werbung
navigation: ! teilen | drucken | artikel drucken | artikel teilen | link kopieren | link kopiert
navigation: ! zur startseite | zurück zur startseite | nach oben
navigation: ! menü | suche | suchen | anmelden | abmelden | einloggen | registrieren | merken | merkliste
navigation: ! vorlesen | anhören | schließen | zurück | weiter
navigation: ! per e mail teilen | auf facebook teilen | auf twitter teilen | bei whatsapp teilen | kopieren
navigation: ! senden | hauptnavigation | navigation
navigation: ! zum inhalt springen | artikel anhören | artikel merken | bild vergrößern | vollbild
navigation: ! zum seitenanfang | mehr anzeigen | übersicht | speichern
navigation: = startseite | themen | thema | archiv | politik | wirtschaft | sport | kultur | panorama
navigation: = gesellschaft | wissen | gesundheit | meinung
navigation: = ratgeber | wetter | reise | lokales | ausland | inland | karriere | kontakt | service
navigation: = über uns | unternehmen | mehr | nachrichten
navigation: = alle themen | kategorien | schlagworte | folgen sie uns | bilder | bildergalerie | mediathek
navigation: = liveticker | newsticker | in diesem artikel
navigation: ^ klick um | klicken um | klicken zum | hier klicken um
navigation: ~ in neuem fenster geöffnet | zu teilen
navigation: ^ teilen | themen | schlagwörter | schlagworte | folgen sie | zurück zu | zur | zum
navigation: ^ alle artikel | per e mail
related: ! ähnliche beiträge | mehr news | mehr nachrichten | mehr artikel | aktuelles schlagzeilen
related: ! schlagzeilen | neueste
related: ! mehr zum thema | lesen sie auch | lesen sie mehr | auch interessant
related: ! das könnte sie auch interessieren | ähnliche artikel | weitere artikel
related: ! meistgelesen | meist gelesen | neueste artikel | weiterlesen | mehr lesen | weitere themen
related: ! aus dem ressort | empfehlungen | mehr dazu | topthemen
related: ! das könnte sie interessieren | verwandte artikel | weitere nachrichten | mehr aus | zum artikel
related: ! jetzt lesen | top themen | siehe auch
related: ^ mehr zum | mehr zu | mehr aus | mehr über | lesen sie | lesen sie auch | lesen sie hier
related: ^ auch interessant | weitere | siehe auch | zum thema
related: ^ das könnte | mehr von | aktuelle news | alle news | alle nachrichten | hier geht es | interview
related: ^ liveblog | kommentar | video | podcast
related: ~ lesen sie hier | mehr dazu | lesen sie mehr | hier lesen | finden sie hier | mehr zum thema
related: ~ lesen sie in unserem | im liveblog
promo: ! jetzt testen | jetzt abonnieren | jetzt anmelden | abo testen | zum angebot | jetzt kaufen
promo: ! mehr erfahren | jetzt bestellen | abo abschließen
promo: = abo | abonnement | abonnieren | abo shop | gewinnspiele | plus | premium | exklusiv | e paper
promo: = epaper
promo: ^ jetzt | abonnieren sie | folgen sie uns | testen sie | sie haben | weiterlesen mit
promo: ^ alle artikel lesen | unterstützen sie | laden sie
promo: ^ mit dem abo | mit plus | für abonnenten | bereits abonnent | dieser artikel ist | diskutieren sie
promo: ^ haben sie | ihre meinung
promo: ~ jederzeit kündbar | monatlich kündbar | kostenlos testen | unserem whatsapp kanal | pro monat
promo: ~ im abo | whatsapp kanal | unsere app
newsletter: ! newsletter abonnieren | newsletter bestellen | zum newsletter | newsletter anmelden
newsletter: ! jetzt newsletter abonnieren
newsletter: ^ newsletter | melden sie sich | abonnieren sie unseren | unser newsletter | der newsletter
newsletter: ~ newsletter | ihr postfach | per mail in ihr | newslettern
caption: ! bild | foto | fotos | quelle | bildquelle | archivbild | archivfoto | symbolbild | symbolfoto
caption: ! bild 0 von 0 | 0 bilder
caption: ^ foto | fotos | bild | bildquelle | quelle | archivfoto | symbolbild | symbolfoto | grafik | video
caption: ^ illustration | copyright
caption: ~ foto | archivbild | archivfoto | symbolbild | symbolfoto | bildquelle | bild imago | bild dpa
caption: ~ im bild | dpa | imago | quelle
author_bio: ! zum autor | zur autorin | über den autor | über die autorin | zur person | autor | autorin
author_bio: ! redakteur | redakteurin | korrespondent
author_bio: ^ über den autor | zur person | unser autor | unsere autorin | der autor | die autorin
author_bio: ~ ist redakteur | ist redakteurin | arbeitet als | redakteur | redakteurin | volontär
author_bio: ~ schreibt über
form: ! name | e mail adresse | passwort | absenden | anrede | vorname | nachname | nutzer | konto
form: ! jetzt registrieren | passwort vergessen
form: ^ bitte | ihre e mail | geben sie | ich stimme | ich bin einverstanden | mit der anmeldung
form: ^ pflichtfeld
form: ~ bitte geben sie | pflichtfelder | externer inhalt | externen inhalt | inhalte anzeigen
form: ~ personenbezogene daten
legal: ! impressum | datenschutz | datenschutzerklärung | agb | nutzungsbedingungen | cookie einstellungen
legal: ! datenschutzeinstellungen | rechtliches
legal: ! netiquette | datenschutzeinstellungen anpassen | alle rechte vorbehalten
legal: ! ein klick für den datenschutz | mediadaten | korrekturen | widerruf
legal: ^ hinweis | alle rechte | wir verwenden cookies | diese website | an dieser stelle
legal: ^ an dieser stelle finden | für die darstellung | dieser text
legal: ^ transparenzhinweis | externer inhalt | mit dem klick
legal: ^ empfohlener redaktioneller inhalt | empfohlener externer inhalt | externer inhalt
legal: ^ ich bin damit einverstanden | externe inhalte
legal: ^ deine privatsphäre | ihre privatsphäre | dies ist eine maschinelle übersetzung
legal: ~ externe inhalte | externen inhalte | drittplattformen | redaktioneller inhalt | externen inhalten
legal: ~ cookie einstellungen
legal: ~ datenschutz | datenschutzerklärung | nutzungsbedingungen | alle rechte vorbehalten
legal: ~ redaktionell geprüft | drittplattformen
metadata: ! von | stand | aktualisiert | veröffentlicht | lesezeit | 0 min | lesezeit 0 min
metadata: ! lesezeit 0 minuten | online seit heute | 0 uhr | 0 0 0
metadata: ! vor 0 std | vor 0 stunden | vor 0 minuten | vor 0 tagen | heute | gestern | 0 0 uhr
metadata: = interview | analyse | kommentar | liveblog | exklusiv | hintergrund | reportage | essay
metadata: = gastbeitrag | update | eilmeldung
metadata: ^ von | stand | aktualisiert | veröffentlicht | erstellt | zuletzt | lesezeit | online seit
metadata: ^ datum | montag | dienstag | mittwoch | donnerstag
metadata: ^ freitag | samstag | sonntag | 0 januar | 0 februar | 0 märz | 0 april | 0 mai | 0 juni | 0 juli
metadata: ^ 0 august | 0 september | 0 oktober | 0 november
metadata: ^ 0 dezember | 0 0 0 0 uhr | 0 0 0 0 0 uhr | text | ein artikel von | dpa | protokoll
metadata: ~ 0 uhr | uhr | min lesezeit | aktualisiert am | lesezeit | minuten
comments: ! kommentare | kommentar | kommentar schreiben | kommentare lesen | kommentieren | diskussion
comments: ! 0 kommentare | alle kommentare | zu den kommentaren
comments: ^ schreiben sie | kommentar | kommentare | diskutieren sie | zur diskussion
comments: ~ ihre kommentare | verantwortung für den inhalt | in den kommentaren | ihren kommentar
comments: ~ kommentarfunktion
boilerplate: ^ dieser artikel | diese meldung | dieser beitrag | mit informationen der | mit material
boilerplate: ^ hinweis der redaktion
boilerplate: ~ mit material von | wurde zuerst | die redaktion
"""

FRENCH = """
advert: ! publicité | passer la publicité | la suite après cette publicité | annonce | contenu sponsorisé
advert: ! la suite après la publicité
navigation: ! partager | copier le lien | lien copié | imprimer | lire dans l app | envoyer | rechercher
navigation: ! retour | fermer | menu | se connecter | s identifier
navigation: ! partager sur facebook | partager sur twitter | partager sur whatsapp | partager l article
navigation: ! haut de page | écouter l article | afficher plus
navigation: = accueil | actualités | politique | économie | société | culture | sport | international
navigation: = sommaire | suivre | commenter | offrir cet article
related: ! à lire aussi | lire aussi | lire plus | lire la suite | sur le même sujet | à découvrir
related: ! les plus lus | à lire | dans la même rubrique
related: ! voir aussi | articles liés | pour aller plus loin | nos recommandations | le plus populaire
related: ! en savoir plus
related: ^ à lire aussi | lire aussi | à lire | voir aussi | sur le même | plus d | podcast | vidéo
related: ^ en images | dossier | lire la | relire | retrouvez
related: ~ à lire aussi | lire aussi | cliquez ici
promo: ! abonnez vous | s abonner | je m abonne | réservé aux abonnés | offre spéciale | essai gratuit
promo: ^ abonnez vous | suivez | suivez les | téléchargez | découvrez | soutenez | cet article est réservé
promo: ^ il vous reste | déjà abonné
promo: ~ réservé aux abonnés | sans engagement | notre application | l application
newsletter: ! inscrivez vous à notre newsletter | recevez notre newsletter
newsletter: ^ inscrivez vous | recevez | la newsletter
newsletter: ~ newsletter | newsletters | votre boîte mail | infolettre
caption: ^ photo | crédit | crédit photo | image | vidéo | illustration
caption: ~ crédit photo | photo d illustration | photo d archives | afp | capture d écran
metadata: ! publié | par | mis à jour | temps de lecture | il y a 0 heures | il y a 0 minutes | avec afp
metadata: ^ par | publié | publié le | mis à jour | le 0 | temps de lecture | rédigé par | propos recueillis
metadata: ^ modifié le | lecture 0
metadata: ~ publié le | mis à jour | min de lecture
author_bio: ^ à propos de l auteur | l auteur
form: ! adresse e mail | mot de passe | valider | envoyer | nom | prénom
legal: ! mentions légales | politique de confidentialité | conditions générales | gestion des cookies
legal: ! tous droits réservés | données personnelles
legal: ~ tous droits | données personnelles | politique de confidentialité | cookies
comments: ! commentaires | 0 commentaires | réagir | laisser un commentaire | 0 commentaire
comments: ! voir les commentaires
comments: ^ commentaires | laisser un commentaire | commenter
"""

SPANISH = """
advert: ! publicidad | anuncio | continúa leyendo | contenido patrocinado
navigation: ! compartir | copiar enlace | enlace copiado | imprimir | enviar | buscar | cerrar | menú
navigation: ! iniciar sesión | compartir en facebook
navigation: ! compartir en twitter | compartir en whatsapp | volver arriba | ir al contenido | escuchar
navigation: ! guardar | inicio | guardar artículo
navigation: = portada | secciones | internacional | política | opinión | sociedad | deportes | economía
navigation: = cultura | etiquetas | noticias | temas | archivado en
navigation: ^ archivado en | más información sobre | etiquetas | temas | síguenos | sigue | compartir
related: ! lea también | lee también | leer más | más información | te puede interesar
related: ! noticias relacionadas | relacionado | lo más leído | ver también
related: ! le puede interesar | también te puede interesar | más noticias | otras noticias | más leídas
related: ! artículos relacionados | últimas noticias | más sobre
related: ^ lea también | lee también | leer más | más sobre | te puede interesar | vea también | además
related: ^ mira también | lo más | relacionado
related: ~ te puede interesar | más información | lea también | lee aquí
promo: ! suscríbete | suscribirse | suscríbase | hazte socio | regístrate | solo para suscriptores
promo: ^ suscríbete | suscríbase | síguenos | únete | descarga | hazte | apoya | conviértete | si quieres
promo: ~ nuestro canal | suscriptores | nuestra app | canal de whatsapp
newsletter: ^ recibe | recibir | apúntate | boletín | newsletter
newsletter: ~ newsletter | boletín | boletines | tu correo
caption: ^ foto | fotografía | imagen | fuente | vídeo | video | crédito | archivo
caption: ~ foto de archivo | imagen de archivo | efe | europa press | captura de pantalla
metadata: ! publicado | actualizado | por | redacción | hace 0 horas | hace 0 minutos | tiempo de lectura
metadata: ! 0 min de lectura
metadata: ^ por | publicado | actualizado | actualizado a | redacción | fecha | lunes | martes | miércoles
metadata: ^ jueves | viernes | sábado | domingo
metadata: ~ actualizado | min de lectura | publicado el | 0 h | de 0 a las
form: ! correo electrónico | contraseña | nombre | apellidos | enviar | aceptar
legal: ! aviso legal | política de privacidad | política de cookies | condiciones de uso
legal: ! todos los derechos reservados | quiénes somos
legal: ~ derechos reservados | política de privacidad | cookies | datos personales
comments: ! comentarios | comentar | 0 comentarios | deja un comentario | ver comentarios
comments: ! normas de participación
comments: ^ comentarios | deja un | deja tu
"""

ITALIAN = """
advert: ! pubblicità | annuncio | continua a leggere | contenuto sponsorizzato
advert: ! continua a leggere dopo la pubblicità
navigation: ! condividi | stampa | copia link | link copiato | cerca | chiudi | accedi | menu | torna su
navigation: ! salva | ascolta | condividi su facebook
navigation: = argomenti | politica | cronaca | economia | esteri | cultura | sport | spettacoli | salute
navigation: = tecnologia | notizie | tag | leggi dopo
related: ! leggi anche | leggi di più | articoli correlati | potrebbe interessarti | ti potrebbe interessare
related: ! ultime notizie | i più letti | scopri di più
related: ! più letti | notizie correlate | vedi anche | altre notizie | approfondimenti | ultima ora
related: ^ leggi anche | leggi | guarda anche | vedi anche | potrebbe | ti potrebbe | altre notizie
related: ^ articoli
promo: ! abbonati | iscriviti | abbonati ora | registrati
promo: ^ abbonati | iscriviti | segui | scarica | sostieni | registrati
promo: ~ canale whatsapp | canale telegram
newsletter: ~ newsletter
caption: ^ foto | immagine | video | fonte | credit
caption: ~ ansa | foto d archivio | foto di repertorio | lapresse
metadata: ! di | redazione | pubblicato | aggiornato | tempo di lettura
metadata: ^ di | pubblicato | pubblicato il | aggiornato | redazione | lunedì | martedì | mercoledì
metadata: ^ giovedì | venerdì | sabato | domenica | a cura di
metadata: ~ aggiornato | minuti di lettura | riproduzione riservata
form: ! nome | cognome | invia | password
legal: ! privacy | note legali | informativa sulla privacy | chi siamo | riproduzione riservata
legal: ! tutti i diritti riservati
legal: ~ diritti riservati | riproduzione riservata
comments: ! commenti | 0 commenti | lascia un commento | commenta
comments: ^ commenti | lascia un
"""

PORTUGUESE = """
advert: ! publicidade | continua após a publicidade | anúncio | conteúdo patrocinado
navigation: ! partilhar | compartilhar | compartilhe | copiar link | imprimir | pesquisar | fechar
navigation: ! voltar ao topo | ouvir | entrar | menu | salvar
navigation: = política | economia | mundo | cultura | desporto | esportes | sociedade | opinião | temas
navigation: = etiquetas | notícias | tags
related: ! leia também | ler mais | leia mais | veja também | relacionados | mais lidas | últimas notícias
related: ! notícias relacionadas | saiba mais
related: ^ leia também | leia mais | veja também | ler mais | mais lidas | saiba mais | relacionado
promo: ! assine | subscreva | assinar | assine já
promo: ^ assine | subscreva | siga | inscreva | receba
newsletter: ~ newsletter
caption: ^ foto | imagem | vídeo | fonte | crédito | legenda
caption: ~ foto de arquivo | imagem de arquivo | reprodução | divulgação | arquivo pessoal
metadata: ! por | publicado | atualizado | há 0 horas | redação
metadata: ^ por | publicado | atualizado | publicado em | atualizado em | segunda feira | terça feira
metadata: ^ quarta feira | quinta feira | sexta feira
metadata: ~ atualizado em | publicado em | min de leitura
legal: ! política de privacidade | termos de uso | todos os direitos reservados
legal: ~ direitos reservados
comments: ! comentários | 0 comentários | deixe um comentário | comentar
comments: ^ comentários | deixe seu | deixe um
"""

DUTCH = """
advert: ! advertentie | gesponsord | reclame | lees verder onder de advertentie
advert: ! de tekst gaat verder onder de advertentie
navigation: ! delen | deel | deel dit artikel | kopieer link | afdrukken | zoeken | sluiten | inloggen
navigation: ! terug | menu | bewaren | bewaar | reageer
navigation: = nieuws | sport | politiek | cultuur | economie | binnenland | buitenland | regio | opinie
navigation: = onderwerpen | meer
related: ! lees ook | lees meer | lees verder | meer over | gerelateerde artikelen | meest gelezen
related: ! bekijk ook | meer nieuws | aanbevolen
related: ^ lees ook | lees meer | meer over | bekijk ook | bekijk | meest gelezen | luister ook
promo: ! abonneer | word abonnee | aanmelden | probeer nu
promo: ^ abonneer | word abonnee | download | volg ons | schrijf je in
newsletter: ~ nieuwsbrief | nieuwsbrieven
caption: ^ foto | beeld | video | bron
caption: ~ archieffoto | belga | anp
metadata: ! door | bron | redactie | vandaag om 0 0 | gisteren om 0 0 | laatste update | bron belga
metadata: ^ door | gepubliceerd | bijgewerkt | vandaag om | gisteren om | bron | laatste update
legal: ! privacybeleid | cookiebeleid | algemene voorwaarden | disclaimer
comments: ! reacties | 0 reacties | reageren | plaats een reactie
"""

NORDIC = """
advert: ! annons | annonse | annonce | annonsörinnehåll | artikeln fortsätter efter annonsen
advert: ! artikkelen fortsetter under annonsen
navigation: ! dela | del | kopiera länk | sök | søk | stäng | lukk | logga in | logg inn | meny | skriv ut
navigation: ! spara | lyssna | till toppen
navigation: = nyheter | sport | kultur | ekonomi | økonomi | debatt | inrikes | utrikes | ämnen | nöje
related: ! läs mer | läs också | les også | les mer | læs også | læs mere | mest lästa | mest lest
related: ! senaste nytt | mer om | relaterat
related: ^ läs mer | läs också | les også | les mer | læs også | mer om | se også | se också | visa mer
promo: ! prenumerera | abonner | bli medlem | bli kund
promo: ^ prenumerera | följ | ladda ner | bli medlem | abonner
newsletter: ~ nyhetsbrev
caption: ^ foto | bild | bilde | video | källa
caption: ~ foto | arkivbild | arkivfoto | ntb | tt
metadata: ! publicerad | publisert | uppdaterad | oppdatert | av | i dag | idag | i går
metadata: ^ publicerad | publisert | uppdaterad | oppdatert | av | text
legal: ! personuppgifter | integritetspolicy | personvern | personvernerklæring
comments: ! kommentarer | 0 kommentarer | kommentera
"""

# By ISO 639-1 code; "*" goes with every language.
TABLES = {
    "*": ANY, "en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "it": ITALIAN, "pt": PORTUGUESE,
    "nl": DUTCH, "sv": NORDIC, "no": NORDIC, "nb": NORDIC, "nn": NORDIC, "da": NORDIC,
}  # fmt: skip

# Scripts without spaces between words: pieces of text, looked for anywhere in a line.
PIECES = {
    "advert": "広告 広告の後に スポンサー 广告 廣告 광고 PR記事",
    "related": "関連記事 あわせて読みたい 続きを読む おすすめ記事 人気記事 もっと読む "
    "相关阅读 相关新闻 推荐阅读 延伸閱讀 관련기사",
    "navigation": "シェアする 分享到 分享至 小字号 大字号 打印本页 공유하기 一覧へ トップへ戻る ページトップ",
    "metadata": "責任編集 责任编辑 责编 编辑： 來源： 来源： 発売日 更新日 公開日 入力 기자 字号",
    "caption": "写真： 写真提供 图为 图片来源 圖片來源 資料照片 사진",
    "legal": "無断転載 版权所有 禁止转载 著作権 無断複写 저작권 转载请注明",
    "newsletter": "メールマガジン 会員登録 订阅 訂閱 구독",
    "comments": "コメントを 发表评论 留言 댓글",
}

# The commonest function words of each language: enough to tell which one a page is in, and to
# tell sentences from lists of names. A language that is not here is judged by shape alone.
FUNCTION_WORDS = {
    "en": "the of and to in a is that for it on with as was he be by at from his are this have had not "
    "but they you she which an or "
    "were her we been their has will would there if can all what when who one about out so more up than "
    "its into them",
    "de": "der die das und in den von zu mit ist im des auf für nicht sich dem ein eine auch es an als "
    "dass sie hat er aus bei wird nach "
    "sind einer um am wie noch einen werden haben oder vor war zum zur über so nur aber durch man bis "
    "kann sei wurde ich wenn mehr",
    "fr": "de la le et les des en un du une est que à dans qui pour par au sur pas plus ce il ne se sont "
    "avec son aux a ont été cette mais "
    "ou comme leur elle sa ses nous vous tout fait être on était ces si deux même aussi",
    "es": "de la que el en y a los del se las por un para con no una su al lo es más como pero sus le ya "
    "o este sí porque esta entre cuando "
    "muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno ha han fue",
    "it": "di e il la che in a per un del è non le si della i con una da sono dei gli al nel ha alla più "
    "anche come ma lo delle dal su "
    "nella ci se o questo tra hanno era essere stato degli questa due",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele "
    "das tem à seu sua ou ser quando "
    "muito há nos já está eu também só pelo pela até isso ela entre era",
    "nl": "de van het een en in is dat op te met voor zijn er die niet aan om ook als bij door maar naar "
    "uit dan nog over wordt worden "
    "heeft was tot deze hij ze al zo wel geen kan meer",
    "sv": "och i att det som en på är av för med den till har de inte om ett men var jag från så kan vi "
    "när han sig ska nu också eller "
    "efter vid hade mot",
    "da": "og i at det som en på er av for med den til har de ikke om et men var jeg fra så kan vi når "
    "han seg seg skal nå også eller "
    "etter ved hadde mot af fra blev",
}  # fmt: skip

MONTHS = (
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec "
    "januar februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août "
    "septembre octobre novembre décembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio "
    "febbraio aprile maggio giugno luglio "
    "settembre ottobre dicembre janeiro fevereiro março maio junho julho setembro outubro novembro "
    "dezembro maart mei augustus uhr"
)

# Near the end of a caption or its credit, in several languages: "(Image: Getty)", "Foto: privat".
CREDITS = (
    "foto fotos photo photos image images bild picture photograph photography credit credits quelle "
    "source fuente crédit getty "
    "reuters afp dpa imago epa apa belga ntb shutterstock istock alamy unsplash handout file archiv"
)
