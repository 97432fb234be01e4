"""A carrier that can be asked for anything and trusted with nothing: it plays VNPost for tests and demonstrations."""
