# SPDX-License-Identifier: Apache-2.0
"""The independent checker of ieum: see check_certificate.py beside this folder."""
