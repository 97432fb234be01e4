"""The face of whoever sends and receives bags: post points, one-stops, agencies, post offices."""
