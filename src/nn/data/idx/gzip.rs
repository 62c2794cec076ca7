//! Packed bytes (RFC 1952) to plain ones, in memory. Files with several members one after the other are read whole.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::IdxError;

const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];
/// Flags of optional fields behind the ten bytes of a head.
const HAS_CRC: u8 = 2;
const HAS_EXTRA: u8 = 4;
const HAS_NAME: u8 = 8;
const HAS_COMMENT: u8 = 16;
/// Bytes that are unpacked at a time.
const PIECE: usize = 1 << 20;

pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC[..2])
}

/// Unpacks at most `limit` bytes.
pub(super) fn unpack(mut bytes: &[u8], limit: usize) -> Result<Vec<u8>, IdxError> {
    let mut out = Vec::new();
    while is_packed(bytes) {
        bytes = member(bytes, &mut out, limit)?;
    }
    // Zeros may fill up the end of a tape.
    if bytes.iter().all(|&byte| byte == 0) { Ok(out) } else { Err(IdxError::Gzip) }
}

/// Unpacks one member and gives what follows it.
fn member<'a>(bytes: &'a [u8], out: &mut Vec<u8>, limit: usize) -> Result<&'a [u8], IdxError> {
    let mut packed = body(bytes).ok_or(IdxError::Gzip)?;
    let mut inflate = Decompress::new(false);
    let start = out.len();
    loop {
        if out.len() > limit {
            return Err(IdxError::TooLarge { limit });
        }
        out.reserve(PIECE);
        let (read, written) = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress_vec(packed, out, FlushDecompress::None).map_err(|_| IdxError::Gzip)?;
        packed = packed.get((inflate.total_in() - read) as usize..).ok_or(IdxError::Gzip)?;
        match status {
            Status::StreamEnd => break,
            _ if inflate.total_out() == written && inflate.total_in() == read => return Err(IdxError::Gzip),
            _ => {}
        }
    }
    let (tail, rest) = packed.split_at_checked(8).ok_or(IdxError::Gzip)?;
    let mut crc = Crc::new();
    crc.update(&out[start..]);
    let written = ((out.len() - start) as u32).to_le_bytes();
    if tail[..4] == crc.sum().to_le_bytes() && tail[4..] == written { Ok(rest) } else { Err(IdxError::Gzip) }
}

/// What follows the head.
fn body(bytes: &[u8]) -> Option<&[u8]> {
    let (head, mut rest) = bytes.split_at_checked(10)?;
    let flags = head.get(3)?;
    if !head.starts_with(&MAGIC) {
        return None;
    }
    if flags & HAS_EXTRA != 0 {
        let (length, after) = rest.split_at_checked(2)?;
        rest = after.get(usize::from(u16::from_le_bytes([length[0], length[1]]))..)?;
    }
    for flag in [HAS_NAME, HAS_COMMENT] {
        if flags & flag != 0 {
            let end = rest.iter().position(|&byte| byte == 0)?;
            rest = rest.get(end + 1..)?;
        }
    }
    if flags & HAS_CRC != 0 {
        rest = rest.get(2..)?;
    }
    Some(rest)
}
