"""`flow.serve` for the deployments of prefect.yaml: schedules and runs in one process, without a pool."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from prefect import Flow, serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule, IntervalSchedule
from prefect.deployments.runner import RunnerDeployment

from flows.rebuild import rebuild
from flows.refresh import refresh
from flows.verify import verify

FLOWS: Mapping[str, Flow[..., Any]] = {"refresh": refresh, "rebuild": rebuild, "verify": verify}


def run_deployments(spec: Mapping[str, Any], limit: int) -> None:
    """Serve all deployments until the process is told to stop."""
    serve(*(_deployment(wanted) for wanted in spec["deployments"]), limit=limit, print_starting_message=False)


def _deployment(wanted: Mapping[str, Any]) -> RunnerDeployment:
    flow = FLOWS[wanted["entrypoint"].rpartition(":")[2]]
    limit = wanted["concurrency_limit"]
    made: Any = flow.to_deployment(
        wanted["name"],
        description=wanted["description"],
        tags=wanted["tags"],
        parameters=wanted["parameters"],
        schedules=[_schedule(schedule) for schedule in wanted["schedules"]],
        concurrency_limit=ConcurrencyLimitConfig(
            limit=limit["limit"],
            collision_strategy=ConcurrencyLimitStrategy(limit["collision_strategy"]),
        ),
    )
    deployment: RunnerDeployment = made
    return deployment


def _schedule(given: Mapping[str, Any]) -> CronSchedule | IntervalSchedule:
    if "interval" in given:
        return IntervalSchedule(interval=timedelta(seconds=given["interval"]))
    return CronSchedule(cron=given["cron"], timezone=given["timezone"])
