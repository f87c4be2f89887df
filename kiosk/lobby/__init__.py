"""Patients' screens."""
