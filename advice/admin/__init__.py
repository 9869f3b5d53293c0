"""The advisers' desk. Importing this package registers its admin classes."""

from advice.admin.outgoing_mail import OutgoingMailAdmin

__all__ = ["OutgoingMailAdmin"]
