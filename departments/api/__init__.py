"""Departments, objectives and agreements for programs: /api/v1/departments, /objectives, /ties."""

from departments.api.departments import router as departments
from departments.api.objectives import router as objectives
from departments.api.ties import router as ties

__all__ = ["departments", "objectives", "ties"]
