"""An Airflow listener that prints one line for each task that ends, for `run_once`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from airflow.listeners import hookimpl

from etl.cli.progress import StageLines

if TYPE_CHECKING:
    from airflow.sdk.types import RuntimeTaskInstanceProtocol as TaskInstance


class TaskLines:
    """Listens to the task instances of one run."""

    def __init__(self, lines: StageLines) -> None:
        self._lines = lines

    @hookimpl
    def on_task_instance_running(self, previous_state: Any, task_instance: TaskInstance) -> None:
        self._lines.start(task_instance.task_id)

    @hookimpl
    def on_task_instance_success(self, previous_state: Any, task_instance: TaskInstance) -> None:
        result = task_instance.xcom_pull(task_ids=task_instance.task_id, map_indexes=task_instance.map_index)
        self._lines.done(task_instance.task_id, _label(task_instance), result)

    @hookimpl
    def on_task_instance_failed(self, previous_state: Any, task_instance: TaskInstance, error: str | BaseException | None) -> None:
        self._lines.failed(task_instance.task_id, _label(task_instance), error)


def _label(task_instance: TaskInstance) -> str:
    return str(getattr(task_instance, "rendered_map_index", None) or "")
