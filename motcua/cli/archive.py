"""`motcua backup` and `motcua restore`: one archive that brings the whole office back."""

from pathlib import Path

import click

from motcua.cli.common import Failure, answer, as_json, with_django
from motcua.config import clock


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path), required=False)
@as_json
def backup(archive: Path | None, as_json: bool) -> None:
    """Write database, files and keys into ARCHIVE (default: motcua-DAY-TIME.tar.gz here). The site may be running.

    The archive holds people's papers and the site's keys: it is readable by its owner only; keep it so.

    \b
    Example:
      motcua backup /mnt/safe/motcua.tar.gz
    """
    with_django()
    from motcua.cli.archives.engines import engine
    from motcua.cli.archives.write import write_archive

    if engine().is_empty():
        raise Failure("There is nothing here to back up.", "Name the data folder with MOTCUA_DATA (motcua settings).")
    target = archive or Path(f"motcua-{clock.now():%Y%m%d-%H%M%S}.tar.gz")
    if target.exists():
        raise Failure(f"{target} exists already.", "Name another file; a backup is never written over.")
    try:
        manifest = write_archive(target, clock.now())
    except OSError as error:
        raise Failure(
            f"{target} cannot be written: {error.strerror}.",
            "Name a file in a folder that exists and has room; no half-written archive is left.",
        ) from None
    size = target.stat().st_size
    if as_json:
        answer({"archive": str(target), "bytes": size, **manifest.head()})
    else:
        click.echo(f"{target}: {len(manifest.sums)} files, {size / 1e6:.1f} MB, from {manifest.engine}")


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the data that are here.")
@click.option("--check", is_flag=True, help="Only prove that the archive is whole.")
@as_json
def restore(archive: Path, force: bool, check: bool, as_json: bool) -> None:
    """Bring ARCHIVE back into the data folder and the database. Stop the site first.

    Every file is proven against its checksum before anything here is touched.

    \b
    Example:
      MOTCUA_DATA=/srv/motcua motcua restore /mnt/safe/motcua.tar.gz
    """
    from motcua.cli.archives.read import Broken, prove, restore_archive

    try:
        manifest = prove(archive) if check else restore_archive(archive, force=force)
    except Broken as error:
        raise Failure(f"{archive} cannot be used: {error}", "Take another backup; nothing here was changed.") from None
    done = "is whole" if check else "restored"
    if as_json:
        answer({"archive": str(archive), "done": done, **manifest.head()})
    else:
        click.echo(f"{archive} {done}: {len(manifest.sums)} files, made {manifest.made_at}")
        if not check:
            click.echo("Now prove it: motcua verify")
