//! The container of OpenType fonts: a list of tables.

/// A table's name and its bytes.
pub(super) type Table = ([u8; 4], Vec<u8>);

/// The kind of a font: its first four bytes.
pub(super) fn kind(font: &[u8]) -> Option<[u8; 4]> {
    font.first_chunk().copied()
}

/// The tables of a font, none if it is no font or ends too early.
pub(super) fn tables(font: &[u8]) -> Option<Vec<([u8; 4], &[u8])>> {
    let count = short(font, 4)?;
    let mut found = Vec::new();
    for k in 0..usize::from(count) {
        let record = font.get(12 + 16 * k..)?;
        let (start, length) = (long(record, 8)? as usize, long(record, 12)? as usize);
        found.push((*record.first_chunk::<4>()?, font.get(start..start.checked_add(length)?)?));
    }
    Some(found)
}

/// The bytes of one table.
pub(in crate::scene) fn table<'a>(font: &'a [u8], tag: &[u8; 4]) -> Option<&'a [u8]> {
    tables(font)?.into_iter().find(|(name, _)| name == tag).map(|(_, bytes)| bytes)
}

/// A font of tables, which are put in order; checksums are computed.
pub(super) fn font(kind: [u8; 4], mut tables: Vec<Table>) -> Vec<u8> {
    tables.sort();
    let count = tables.len() as u16;
    let log = count.max(1).ilog2() as u16;
    let range = 16 << log;
    let mut bytes = kind.to_vec();
    for word in [count, range, log, count * 16 - range] {
        bytes.extend(word.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    let mut adjustment = None;
    for (tag, table) in &mut tables {
        if tag == b"head" && table.len() >= 12 {
            table[8..12].fill(0);
            adjustment = Some(offset + 8);
        }
        bytes.extend(*tag);
        for word in [checksum(table), offset as u32, table.len() as u32] {
            bytes.extend(word.to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in &tables {
        bytes.extend(table);
        bytes.resize(bytes.len().next_multiple_of(4), 0);
    }
    if let Some(at) = adjustment {
        let value = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&bytes));
        bytes[at..at + 4].copy_from_slice(&value.to_be_bytes());
    }
    bytes
}

/// The sum of the words, the last one filled up with zeros.
fn checksum(bytes: &[u8]) -> u32 {
    let word = |part: &[u8]| {
        let mut word = [0; 4];
        word[..part.len()].copy_from_slice(part);
        u32::from_be_bytes(word)
    };
    bytes.chunks(4).map(word).fold(0, u32::wrapping_add)
}

/// Two bytes as a number.
pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}
