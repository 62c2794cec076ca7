//! A file in the making, beside its place; it appears there when it is whole.

use std::fs::{self, Permissions};
use std::io::{BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::trouble::{Trouble, What};

/// A file in the making. Dropped before its end it leaves nothing.
pub(in crate::app) struct Fresh {
    /// What the user calls it.
    path: PathBuf,
    /// What that means, through a link.
    target: PathBuf,
    /// The permissions of what it replaces.
    before: Option<Permissions>,
    writer: BufWriter<NamedTempFile>,
}

impl Fresh {
    /// Begins a file. An existing one keeps its permissions, and a link what it means.
    ///
    /// # Errors
    /// Why it could not be written.
    pub(in crate::app) fn begin(path: &Path) -> Result<Self, Trouble> {
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let before = fs::metadata(&target).ok();
        match &before {
            Some(found) if found.is_dir() => return Err(Trouble::new(path, What::Folder)),
            Some(found) if !found.is_file() => return Err(Trouble::new(path, What::Device)),
            Some(found) if found.permissions().readonly() => return Err(Trouble::new(path, What::Unwritable)),
            _ => {}
        }
        let file = crate::file::beside(&target).map_err(|error| Trouble::writing(path, &error))?;
        let before = before.map(|found| found.permissions());
        Ok(Self { path: path.to_owned(), target, before, writer: BufWriter::new(file) })
    }

    /// Appends bytes.
    ///
    /// # Errors
    /// Why that was not possible.
    pub(in crate::app) fn write(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.writer.write_all(bytes).map_err(|error| Trouble::writing(&self.path, &error))
    }

    /// Replaces bytes that were written before.
    ///
    /// # Errors
    /// Why that was not possible.
    pub(in crate::app) fn patch(&mut self, at: u64, bytes: &[u8]) -> Result<(), Trouble> {
        let writer = &mut self.writer;
        let done = writer.seek(SeekFrom::Start(at)).and_then(|_| writer.write_all(bytes));
        let done = done.and_then(|()| writer.seek(SeekFrom::End(0)).map(drop));
        done.map_err(|error| Trouble::writing(&self.path, &error))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// Why that was not possible; then everything is as it was.
    pub(in crate::app) fn finish(self) -> Result<(), Trouble> {
        let Self { path, target, before, writer } = self;
        let failed = |error: &std::io::Error| Trouble::writing(&path, error);
        let file = writer.into_inner().map_err(|error| failed(error.error()))?;
        if let Some(before) = before {
            file.as_file().set_permissions(before).map_err(|error| failed(&error))?;
        }
        file.persist(&target).map(drop).map_err(|error| failed(&error.error))
    }
}
