//! Where results go: standard output, or a file that appears whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Seek, SeekFrom, StdoutLock, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::args::OutputArgs;
use super::failure::Failure;
use crate::i18n::{Lang, fill};
use crate::scene::about::{may_have_scenario, scenario_in};

/// The largest file that is read.
const MAX_INPUT: u64 = 64 << 20;
/// Bytes that are written at once.
const BUFFER: usize = 1 << 16;

/// A result on its way.
pub(super) enum Output {
    Standard(BufWriter<StdoutLock<'static>>),
    /// Written beside its final place, and moved there by [`Output::finish`].
    File {
        writer: BufWriter<NamedTempFile>,
        path: PathBuf,
        lang: Lang,
    },
    /// A pipe or a device, which can only be written as it is.
    Device {
        writer: BufWriter<File>,
        path: PathBuf,
        lang: Lang,
    },
}

impl Output {
    /// Opens the output. A file that cannot be written is found out now, before the work.
    pub(super) fn open(args: &OutputArgs, lang: Lang) -> Result<Self, Failure> {
        match &args.output {
            None => Ok(Self::Standard(BufWriter::with_capacity(BUFFER, io::stdout().lock()))),
            Some(path) => Self::create(path, lang),
        }
    }

    /// Opens a file, which keeps its old content until [`Output::finish`].
    pub(super) fn create(path: &Path, lang: Lang) -> Result<Self, Failure> {
        let failed = |error: io::Error| unwritable(lang, path, &error);
        // Through a link to what it means.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if std::fs::metadata(&path).is_ok_and(|found| !found.is_file()) {
            let device = File::options().write(true).open(&path).map_err(failed)?;
            return Ok(Self::Device { writer: BufWriter::with_capacity(BUFFER, device), path, lang });
        }
        let file = crate::file::beside(&path).map_err(failed)?;
        Ok(Self::File { writer: BufWriter::with_capacity(BUFFER, file), path, lang })
    }

    /// Writes bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Standard(writer) => writer.write_all(bytes).map_err(standard_failed),
            Self::File { writer, path, lang } => {
                writer.write_all(bytes).map_err(|error| unwritable(*lang, path, &error))
            }
            Self::Device { writer, path, lang } => {
                writer.write_all(bytes).map_err(|error| unwritable(*lang, path, &error))
            }
        }
    }

    /// Writes bytes in the place of some that were written before. Only a file can be gone back in.
    pub(super) fn patch(&mut self, at: u64, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Standard(_) => Err(standard_failed(io::ErrorKind::NotSeekable.into())),
            Self::File { writer, path, lang } => {
                replace(writer, at, bytes).map_err(|error| unwritable(*lang, path, &error))
            }
            Self::Device { writer, path, lang } => {
                replace(writer, at, bytes).map_err(|error| unwritable(*lang, path, &error))
            }
        }
    }

    /// Makes the result visible: flushes, and puts a file in its place.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Standard(mut writer) => writer.flush().map_err(standard_failed),
            Self::Device { mut writer, path, lang } => writer.flush().map_err(|error| unwritable(lang, &path, &error)),
            Self::File { writer, path, lang } => {
                let failed = |error: &io::Error| unwritable(lang, &path, error);
                let file = writer.into_inner().map_err(|error| failed(error.error()))?;
                file.persist(&path).map(drop).map_err(|error| failed(&error.error))
            }
        }
    }
}

fn replace(writer: &mut (impl Write + Seek), at: u64, bytes: &[u8]) -> io::Result<()> {
    writer.seek(SeekFrom::Start(at))?;
    writer.write_all(bytes)?;
    writer.seek(SeekFrom::End(0)).map(drop)
}

/// A whole result at once.
pub(super) fn write_all(args: &OutputArgs, lang: Lang, bytes: &[u8]) -> Result<(), Failure> {
    let mut output = Output::open(args, lang)?;
    output.write(bytes)?;
    output.finish()
}

/// The text of a file that the user names.
pub(super) fn read(path: &Path, lang: Lang) -> Result<String, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure::Input(fill(lang, "cli.unreadable", &[("path", &path.display()), ("cause", error)]))
    };
    read_text(path).map_err(|error| unreadable(&error))
}

/// The scenario of a file that the user names: its text, or the one in a picture that was made here.
pub(super) fn read_scenario(path: &Path, lang: Lang) -> Result<String, Failure> {
    if !is_picture(path) {
        return read(path, lang);
    }
    let values = |error: &io::Error| fill(lang, "cli.unreadable", &[("path", &path.display()), ("cause", error)]);
    let bytes = read_bytes(path).map_err(|error| Failure::Input(values(&error)))?;
    let none = || Failure::Input(fill(lang, "cli.no_scenario", &[("path", &path.display())]));
    scenario_in(&bytes).ok_or_else(none)
}

/// Whether the name is that of a picture or a film.
pub(super) fn is_picture(path: &Path) -> bool {
    path.extension().is_some_and(|ending| may_have_scenario(&ending.to_string_lossy()))
}

fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let size = File::open(path)?.take(MAX_INPUT + 1).read_to_end(&mut bytes)? as u64;
    if size > MAX_INPUT { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Text with the plain error, for those who have words for it. What is too long is not read.
pub(super) fn read_text(path: &Path) -> io::Result<String> {
    if std::fs::metadata(path)?.len() > MAX_INPUT {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut text = String::new();
    let size = File::open(path)?.take(MAX_INPUT + 1).read_to_string(&mut text)? as u64;
    if size > MAX_INPUT { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}

fn unwritable(lang: Lang, path: &Path, error: &io::Error) -> Failure {
    Failure::Machine(fill(lang, "cli.unwritable", &[("path", &path.display()), ("cause", error)]))
}

fn standard_failed(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::ReaderGone,
        _ => Failure::Machine(error.to_string()),
    }
}
