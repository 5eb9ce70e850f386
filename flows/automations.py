"""Automations as code: dead runs are marked, and somebody is told. Applied by `make serve`.

    python -m flows.automations --alert-url https://... [--overdue-hours 28]

Applying twice changes nothing. Without an address only the watch over dead runs is there.
"""

import argparse
import os
from collections.abc import Sequence
from datetime import timedelta

from prefect.automations import Automation
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.events import emit_event
from prefect.events.actions import CallWebhook, ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.states import StateType

from flows.artifacts import QUARANTINED
from flows.automations_flags import SILENCE, add_flags
from flows.states import BAD, FINAL, GOOD

PREFIX = "Quotesieve: "
BLOCK = "quotesieve-alerts"
HEARTBEAT = "prefect.flow-run.heartbeat"
SERVING = "quotesieve.serving"  # starts the clock of "no good run since" before there was a first run
OURS = {"prefect.resource.id": "prefect.tag.quotesieve", "prefect.resource.role": "tag"}
REFRESH = {"prefect.resource.id": "prefect.tag.refresh", "prefect.resource.role": "tag"}

RUN_PAYLOAD = """{
 "alert": {{ flow_run.state.name | string | tojson }},
 "run": {{ flow_run.name | string | tojson }},
 "message": {{ flow_run.state.message | string | tojson }},
 "url": {{ flow_run | ui_url | string | tojson }}
}"""
QUARANTINE_PAYLOAD = """{
 "alert": "Quarantined",
 "outlet": {{ event.payload.outlet | string | tojson }},
 "articles": {{ event.payload.articles }},
 "message": {{ ("articles of " ~ event.payload.outlet ~ " are held back") | tojson }},
 "clean": {{ event.payload.clean | string | tojson }}
}"""
OVERDUE_PAYLOAD = """{
 "alert": "Overdue",
 "message": "no good run for %g hours",
 "url": "%s/runs"
}"""


def run_events(names: Sequence[str]) -> set[str]:
    """The events of flow runs that enter states of these names."""
    return {f"prefect.flow-run.{name}" for name in names}


def crashed(silence: float = SILENCE) -> AutomationCore:
    """A killed run says nothing more: after `silence` seconds without a heartbeat it is Crashed."""
    return AutomationCore(
        name=f"{PREFIX}dead runs are crashed",
        description=f"A flow run without a heartbeat for {silence:g} s is marked Crashed.",
        trigger=EventTrigger(
            # Running too: a run that is killed in its first second has sent no heartbeat yet.
            after={HEARTBEAT, *run_events(["Running"])},
            expect={HEARTBEAT, *run_events(FINAL)},
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(seconds=silence),
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                name="Crashed",
                message=f"no sign of life for {silence:g} s: it was killed, or the machine went down",
            )
        ],
    )


def alerts(webhook: CallWebhook, overdue_hours: float) -> list[AutomationCore]:
    """What calls the webhook."""
    return [_bad_run(webhook), _degraded(webhook), _quarantined(webhook), _overdue(webhook, overdue_hours)]


def _bad_run(webhook: CallWebhook) -> AutomationCore:
    return AutomationCore(
        name=f"{PREFIX}a run went wrong",
        description="Refused, Failed, Crashed, Differs, Damaged or Overdue.",
        trigger=_one(run_events(BAD)),
        actions=[webhook.model_copy(update={"payload": RUN_PAYLOAD})],
    )


def _degraded(webhook: CallWebhook) -> AutomationCore:
    return AutomationCore(
        name=f"{PREFIX}published with warnings",
        description="Degraded: readers have the new snapshot, and somebody should look at it.",
        trigger=_one(run_events(["Degraded"])),
        actions=[webhook.model_copy(update={"payload": RUN_PAYLOAD})],
    )


def _quarantined(webhook: CallWebhook) -> AutomationCore:
    return AutomationCore(
        name=f"{PREFIX}an outlet is held back",
        description="The new articles of an outlet were quarantined.",
        trigger=EventTrigger(
            expect={QUARANTINED}, match={"prefect.resource.id": "quotesieve.outlet.*"}, threshold=1
        ),
        actions=[webhook.model_copy(update={"payload": QUARANTINE_PAYLOAD})],
    )


def _overdue(webhook: CallWebhook, hours: float) -> AutomationCore:
    """Each good run, and the start of serving, starts the clock anew; it rings once."""
    good = run_events(GOOD)
    url = os.environ.get("PREFECT_UI_URL", "")
    return AutomationCore(
        name=f"{PREFIX}no good run since",
        description=f"No refresh was Completed, Unchanged or Degraded for {hours:g} hours.",
        trigger=EventTrigger(
            after={*good, SERVING},
            expect=good,
            match={"prefect.resource.id": ["prefect.flow-run.*", "quotesieve.serve"]},
            match_related=[REFRESH],
            posture=Posture.Proactive,
            threshold=1,
            within=timedelta(hours=hours),
        ),
        actions=[webhook.model_copy(update={"payload": OVERDUE_PAYLOAD % (hours, url)})],
    )


def _one(events: set[str]) -> EventTrigger:
    """Fires for each such event of a run that carries our tag."""
    return EventTrigger(
        expect=events,
        match={"prefect.resource.id": ["prefect.flow-run.*"]},
        match_related=[OURS],
        for_each={"prefect.resource.id"},
        posture=Posture.Reactive,
        threshold=1,
    )


def apply(alert_url: str | None, *, overdue_hours: float = 28, silence: float = SILENCE) -> list[str]:
    """Make the server's automations those that the code says; return their names."""
    wanted = [crashed(silence)]
    if alert_url:
        block = Webhook(method="POST", url=alert_url, headers={"Content-Type": "application/json"})
        block_id = block.save(BLOCK, overwrite=True)
        wanted += alerts(CallWebhook(block_document_id=block_id), overdue_hours)
    with get_client(sync_client=True) as client:
        there = {found.name: found for found in read_all(client) if found.name.startswith(PREFIX)}
        for automation in wanted:
            _put(client, automation, there.pop(automation.name, None))
        for superfluous in there.values():
            client.delete_automation(superfluous.id)
    emit_event(SERVING, resource={"prefect.resource.id": "quotesieve.serve"}, related=[REFRESH])
    return [automation.name for automation in wanted]


def read_all(client: SyncPrefectClient) -> list[Automation]:
    """All automations of the server."""
    response = client.request("POST", "/automations/filter", json={"limit": 200})
    return [Automation.model_validate(row) for row in response.json()]


def _put(client: SyncPrefectClient, wanted: AutomationCore, there: Automation | None) -> None:
    """Create it, or replace it where it differs; an equal one keeps its clock and its pause."""
    if there is None:
        client.create_automation(wanted)
    elif _content(there) != _content(wanted):
        client.update_automation(there.id, wanted)


def _content(automation: AutomationCore) -> dict[str, object]:
    # In Python's types: sets of events have no order, the lists that JSON makes of them have one.
    core = AutomationCore(**automation.model_dump(exclude={"id"}))
    return core.model_dump(exclude={"enabled", "owner_resource", "tags"})


def main() -> None:
    """Apply the automations to the server that PREFECT_API_URL names."""
    parser = argparse.ArgumentParser(prog="python -m flows.automations", description=__doc__.split("\n")[0])
    add_flags(parser)
    options = parser.parse_args()
    for name in apply(options.alert_url, overdue_hours=options.overdue_hours, silence=options.silence):
        print(name)


if __name__ == "__main__":
    main()
