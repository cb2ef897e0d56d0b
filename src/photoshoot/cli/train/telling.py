"""Says what a run that makes data came to."""

from pathlib import Path

from photoshoot.cli.console import report_error, report_note, write_json, write_lines
from photoshoot.cli.exit_codes import DONE, FAILED
from photoshoot.training.data import DataTally


def tell_data(out: Path, tally: DataTally, *, as_json: bool) -> int:
    """Print the folder, or all as JSON, and return the exit code."""
    refused = [{"photo": one.id, "reason": one.reason} for one in tally.refused]
    if as_json:
        counts = {"total": tally.total, "there": tally.there, "made": tally.made, "failed": tally.failed}
        write_json({"data": str(out), **counts, "refused": [dict(one) for one in refused]})
    else:
        write_lines([str(out)])
    report_note(f"{tally.made} made, {tally.there} already there, {tally.failed} failed, of {tally.total}")
    if refused:
        report_note(f"{len(refused)} photos could not be used: {', '.join(one['photo'] for one in refused)}")
    if tally.failed:
        report_error(f"{tally.failed} of {tally.total} samples failed; the same command tries them again")
    return FAILED if tally.failed else DONE
