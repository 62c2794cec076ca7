//! Pictures and labels in the IDX format, as MNIST and its relatives come: plain or packed with gzip.
//!
//! A file begins with `0 0 8 n` (unsigned bytes, n dimensions) and n sizes of four bytes, the highest first.

mod gzip;

use crate::nn::{Dataset, Features, Targets, Values};

/// The most bytes of pictures: ten times MNIST.
pub const MAX_PIXELS: usize = 512 << 20;
/// The most classes that labels of a byte can have.
const MAX_CLASSES: usize = 256;
/// Unsigned bytes.
const BYTES: u8 = 8;

/// Why bytes are no such file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "a field is what its variant says of it")]
pub enum IdxError {
    /// It is packed, and the packing is damaged or cut off.
    #[error("damaged gzip")]
    Gzip,
    /// It does not begin as such a file does.
    #[error("begins with {found:02x?}")]
    Magic { found: Vec<u8> },
    /// Its numbers are no unsigned bytes.
    #[error("numbers of kind {kind}")]
    Kind { kind: u8 },
    /// Another number of dimensions: labels where pictures are wanted, or the other way round.
    #[error("{found} dimensions, not {wanted}")]
    Dimensions { found: usize, wanted: usize },
    /// It ends too early.
    #[error("{found} bytes of {wanted}")]
    Truncated { found: usize, wanted: usize },
    /// It goes on after its end.
    #[error("{extra} bytes too many")]
    Extra { extra: usize },
    /// More than is taken.
    #[error("more than {limit} bytes")]
    TooLarge { limit: usize },
    /// There is nothing in it.
    #[error("no pictures")]
    Empty,
    /// Pictures and labels of different numbers.
    #[error("{images} pictures, {labels} labels")]
    Counts { images: usize, labels: usize },
}

/// Which of the two files is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The pictures.
    Images,
    /// Their labels.
    Labels,
}

/// What the name of a file says: whether it is for testing, and what is in it. None for files of other kinds.
///
/// `train-images-idx3-ubyte`, `t10k-labels.idx1-ubyte.gz` and names with `test` for `t10k` are understood.
pub fn meaning(name: &str) -> Option<(bool, Part)> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    if !name.contains("ubyte") && !name.contains("idx") {
        return None;
    }
    let part = match (name.contains("images"), name.contains("labels")) {
        (true, false) => Part::Images,
        (false, true) => Part::Labels,
        _ => return None,
    };
    match (name.contains("train"), name.contains("t10k") || name.contains("test")) {
        (true, false) => Some((false, part)),
        (false, true) => Some((true, part)),
        _ => None,
    }
}

/// Pictures with their labels, from the bytes of two files.
///
/// # Errors
/// Which of the files is wrong, and how; different counts are said of the labels.
pub fn read_idx(images: &[u8], labels: &[u8]) -> Result<Dataset, (Part, IdxError)> {
    let (sizes, pixels) = read(images, 3).map_err(|error| (Part::Images, error))?;
    let (_, labels) = read(labels, 1).map_err(|error| (Part::Labels, error))?;
    let (rows, inputs) = (sizes[0], sizes[1] * sizes[2]);
    if rows != labels.len() {
        return Err((Part::Labels, IdxError::Counts { images: rows, labels: labels.len() }));
    }
    if pixels.is_empty() {
        return Err((Part::Images, IdxError::Empty));
    }
    let classes = labels.iter().max().map_or(0, |&label| usize::from(label) + 1).clamp(2, MAX_CLASSES);
    let features = Features { names: (1..=inputs).map(|k| format!("x{k}")).collect(), values: Values::Pixels(pixels) };
    let targets = Targets::Classes {
        names: (0..classes).map(|class| class.to_string()).collect(),
        labels: labels.into_iter().map(u32::from).collect(),
    };
    Ok(Dataset { features, targets })
}

/// The sizes and the bytes of a file.
fn read(bytes: &[u8], dimensions: usize) -> Result<(Vec<usize>, Vec<u8>), IdxError> {
    let head = 4 + 4 * dimensions;
    let unpacked = if gzip::is_packed(bytes) { Some(gzip::unpack(bytes, MAX_PIXELS + head)?) } else { None };
    let bytes = unpacked.as_deref().unwrap_or(bytes);
    let (kind, found) = match bytes {
        [0, 0, kind, found, ..] => (*kind, usize::from(*found)),
        _ => return Err(IdxError::Magic { found: bytes.iter().take(4).copied().collect() }),
    };
    if kind != BYTES {
        return Err(IdxError::Kind { kind });
    }
    if found != dimensions {
        return Err(IdxError::Dimensions { found, wanted: dimensions });
    }
    let Some(sizes) = bytes.get(4..head) else {
        return Err(IdxError::Truncated { found: bytes.len(), wanted: head });
    };
    let sizes: Vec<usize> =
        sizes.chunks_exact(4).map(|size| size.iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte))).collect();
    let count = sizes.iter().try_fold(1_usize, |count, &size| count.checked_mul(size));
    let count = count.filter(|&count| count <= MAX_PIXELS).ok_or(IdxError::TooLarge { limit: MAX_PIXELS })?;
    let body = &bytes[head..];
    match body.len() {
        length if length < count => Err(IdxError::Truncated { found: bytes.len(), wanted: head + count }),
        length if length > count => Err(IdxError::Extra { extra: length - count }),
        _ => Ok((sizes, body.to_vec())),
    }
}
