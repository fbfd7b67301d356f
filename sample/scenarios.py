"""When something goes wrong on purpose: path globs, each with a sequence of behaviours.

The scenario that was put in last is looked at first. Each step happens once, or `times` times; the last one stays, unless it has
`times` itself, and then what comes is left to the scenarios before it and at last to the portal. See scenarios.example.toml.
"""

from __future__ import annotations

import inspect
import threading
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from sample.behaviours import BEHAVIOURS, Behaviour, Reply, Visit

StepLike = str | Mapping[str, Any]
"""The name of a behaviour, or {"do": name, "times": number, and the behaviour's parameters}."""


class ScenarioError(ValueError):
    """A scenario that cannot be: an unknown behaviour or parameter."""


@dataclass
class _Step:
    behaviour: Behaviour
    parameters: dict[str, Any]
    times_left: int | None
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass
class Scenario:
    """The steps for the paths that a glob matches. A glob that begins with two slashes has the host name first: //trs.test/*."""

    path_glob: str
    steps: list[_Step]

    def matches(self, host: str, path: str) -> bool:
        """Whether a request is concerned; the query is not looked at."""
        return fnmatchcase(f"//{host}{path}" if self.path_glob.startswith("//") else path, self.path_glob)

    def take(self) -> _Step | None:
        """The step that happens now, counted; None: all are used up."""
        for step in self.steps:
            if step.times_left is None:
                return step
            if step.times_left > 0:
                step.times_left -= 1
                return step
        return None


class Scenarios:
    """The scenarios of a portal; safe to change while it answers."""

    def __init__(self) -> None:
        self._scenarios: list[Scenario] = []
        self._lock = threading.Lock()

    def put(self, path_glob: str, steps: Iterable[StepLike]) -> None:
        """Put a scenario in front of those that are there.

        Raises:
            ScenarioError: an unknown behaviour or parameter, or no step.
        """
        made = [_step(each) for each in steps]
        if not made:
            raise ScenarioError(f"{path_glob}: a scenario needs a step")
        for step in made[:-1]:
            step.times_left = 1 if step.times_left is None else step.times_left
        with self._lock:
            self._scenarios.insert(0, Scenario(path_glob, made))

    def clear(self) -> None:
        """Take all away."""
        with self._lock:
            self._scenarios.clear()

    def reply(self, host: str, path: str, visit: Visit) -> Reply | None:
        """What happens to a request; None: the portal answers as it should."""
        with self._lock:
            found = (scenario.take() for scenario in self._scenarios if scenario.matches(host, path))
            step = next((each for each in found if each is not None), None)
            if step is None:
                return None
            visit.memory = step.memory
            return step.behaviour(visit, **step.parameters)


@dataclass(frozen=True)
class ScenarioFile:
    """What a scenario file says: path globs with their steps, in the order in which they are to be put, and options of the portal."""

    scenarios: list[tuple[str, list[StepLike]]]
    options: dict[str, Any]


def load_scenarios(path: Path) -> ScenarioFile:
    """Read a scenario file.

    Raises:
        ScenarioError: it is no TOML, or lacks what a scenario needs.
        OSError: it cannot be read.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        scenarios = [(entry["path"], entry["steps"]) for entry in found.pop("scenario", [])]
        options = found.pop("options", {})
    except (tomllib.TOMLDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path}: each [[scenario]] needs path and steps: {error!r}") from error
    if found:
        raise ScenarioError(f"{path}: there are [[scenario]] and [options], and no {', '.join(found)}")
    return ScenarioFile(scenarios, options)


def _step(given: StepLike) -> _Step:
    parameters: dict[str, Any] = {"do": given} if isinstance(given, str) else dict(given)
    name, times = parameters.pop("do", None), parameters.pop("times", None)
    if name not in BEHAVIOURS:
        raise ScenarioError(f"{given!r}: no behaviour {name!r}; there are {', '.join(sorted(BEHAVIOURS))}")
    behaviour = BEHAVIOURS[name]
    known = set(list(inspect.signature(behaviour).parameters)[1:])
    if unknown := set(parameters) - known:
        raise ScenarioError(f"{name} has no parameter {', '.join(sorted(unknown))}; it has {', '.join(sorted(known)) or 'none'}")
    return _Step(behaviour, parameters, times)
