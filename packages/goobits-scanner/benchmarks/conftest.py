"""The fixtures of the benchmarks are those of the harness."""

import pytest


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.import_plugin("harness")
