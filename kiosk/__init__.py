"""The kiosk: what patients, staff and the waiting room see and hear."""
