//! The objects of a PDF file, and the table that says where they are.

use std::fmt::Write as _;

use flate2::{Compress, Compression, FlushCompress};

/// A file in the making.
pub(super) struct File {
    bytes: Vec<u8>,
    /// Where each object begins, the first at 0 being number 1.
    offsets: Vec<usize>,
}

impl File {
    pub(super) fn new() -> Self {
        // The second line tells programs that the file is not text.
        Self { bytes: b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec(), offsets: Vec::new() }
    }

    /// The number of an object that will be written later.
    pub(super) fn reserve(&mut self) -> usize {
        self.offsets.push(0);
        self.offsets.len()
    }

    /// Writes an object.
    pub(super) fn object(&mut self, id: usize, body: &str) {
        self.begin(id);
        self.bytes.extend(body.as_bytes());
        self.end();
    }

    /// Writes a stream, packed; `entries` go into its dictionary.
    pub(super) fn stream(&mut self, id: usize, entries: &str, data: &[u8]) {
        self.packed_stream(id, &format!("{entries}/Filter/FlateDecode"), &packed(data));
    }

    /// Writes a stream of which the entries say how it is packed.
    pub(super) fn packed_stream(&mut self, id: usize, entries: &str, data: &[u8]) {
        self.plain_stream(id, &format!("<<{entries}/Length "), ">>\nstream\n", data);
    }

    /// Writes a stream as it is: what comes before its length, between that and the data, and the data.
    pub(super) fn plain_stream(&mut self, id: usize, head: &str, middle: &str, data: &[u8]) {
        self.begin(id);
        self.bytes.extend(format!("{head}{}{middle}", data.len()).as_bytes());
        self.bytes.extend(data);
        self.bytes.extend(b"\nendstream");
        self.end();
    }

    fn begin(&mut self, id: usize) {
        self.offsets[id - 1] = self.bytes.len();
        self.bytes.extend(format!("{id} 0 obj\n").as_bytes());
    }

    fn end(&mut self) {
        self.bytes.extend(b"\nendobj\n");
    }

    /// The whole file.
    pub(super) fn finish(mut self, catalog: usize, info: usize) -> Vec<u8> {
        let (start, count) = (self.bytes.len(), self.offsets.len() + 1);
        let mut table = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for offset in &self.offsets {
            // An entry has twenty bytes.
            _ = writeln!(table, "{offset:010} 00000 n ");
        }
        _ = write!(table, "trailer\n<</Size {count}/Root {catalog} 0 R/Info {info} 0 R>>\nstartxref\n{start}\n%%EOF\n");
        self.bytes.extend(table.as_bytes());
        self.bytes
    }
}

/// Units of two bytes as a string of hexadecimal digits.
pub(super) fn hex(units: &[u16]) -> String {
    let mut text = String::from("<");
    for unit in units {
        _ = write!(text, "{unit:04X}");
    }
    text + ">"
}

/// Data packed by zlib.
fn packed(data: &[u8]) -> Vec<u8> {
    let mut packer = Compress::new(Compression::default(), true);
    let mut packed = Vec::with_capacity(data.len() / 2 + 64);
    loop {
        let taken = usize::try_from(packer.total_in()).unwrap_or(usize::MAX);
        let rest = data.get(taken..).unwrap_or_default();
        // The vector grows, so packing always goes on.
        match packer.compress_vec(rest, &mut packed, FlushCompress::Finish) {
            Ok(flate2::Status::StreamEnd) | Err(_) => return packed,
            Ok(_) => packed.reserve(packed.capacity().max(1024)),
        }
    }
}
