//! Files that appear whole or not at all: what is written goes beside its place first, and is moved there at the end.

use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

/// A new file beside a place, to be moved there when it is whole. Made as any program makes a file, not private like a
/// temporary one: the user's umask decides who may read it.
///
/// # Errors
/// When the folder is not there or cannot be written to.
pub fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".downhill-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
