//! The data of a path, as short as it can be.
//!
//! Places are rounded to hundredths once and told as differences of those whole numbers, so nothing adds up.

use crate::scene::number::{hundredths, push_hundredths};
use crate::scene::{Path, Segment};

/// Appends the data of a path.
pub(super) fn push(text: &mut String, path: &Path) {
    let mut pen = Pen { text, at: [0; 2], start: [0; 2], command: ' ' };
    for segment in path.segments() {
        match *segment {
            Segment::MoveTo(to) => {
                pen.go('m', &[to]);
                pen.start = pen.at;
                // What follows a move without a command of its own is a line.
                pen.command = 'l';
            }
            Segment::LineTo(to) => pen.go('l', &[to]),
            Segment::CubicTo(points) => pen.go('c', &points),
            Segment::Close => {
                pen.text.push('z');
                pen.at = pen.start;
                pen.command = 'z';
            }
        }
    }
}

struct Pen<'a> {
    text: &'a mut String,
    /// Where it is, in hundredths.
    at: [i64; 2],
    /// Where the line began.
    start: [i64; 2],
    /// The command that would be repeated by more numbers.
    command: char,
}

impl Pen<'_> {
    /// A command with points relative to where the pen is; it ends at the last.
    fn go(&mut self, command: char, points: &[[f64; 2]]) {
        let mut bare = command == 'm' || command != self.command;
        if bare {
            self.text.push(command);
            self.command = command;
        }
        let from = self.at;
        for point in points {
            let to = point.map(hundredths);
            for k in 0..2 {
                let step = to[k] - from[k];
                // A minus sign separates as well as a space does.
                if !bare && step >= 0 {
                    self.text.push(' ');
                }
                bare = false;
                push_hundredths(self.text, step);
            }
            self.at = to;
        }
    }
}
