"""When a failed job is tried again, and when it is given up."""

from datetime import timedelta

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=6)

# 11 waits between 12 attempts: 28 hours, so a system that was down all day still gets its messages.
MAX_ATTEMPTS = 12


def wait_before(attempt: int) -> timedelta:
    """How long to wait before this attempt (2 = the first repeat): 15 s, 45 s, 2¼ min … at last 6 hours."""
    if attempt < 2:
        raise ValueError("the first attempt is not waited for")
    tripled: int = 3 ** min(attempt - 2, 10)
    return min(FIRST_WAIT * tripled, LONGEST_WAIT)


def patience(max_attempts: int = MAX_ATTEMPTS) -> timedelta:
    """The time from the first failure to the last attempt."""
    return sum((wait_before(n) for n in range(2, max_attempts + 1)), timedelta())
