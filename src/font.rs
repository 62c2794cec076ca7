//! The faces that the program embeds, so that text (∇, η, arrows, Hangul) looks the same on every machine and in every
//! file: no system font is asked. `assets/fonts/README.md` says where they come from.

/// A face: its name and the bytes of its file.
pub type Face = (&'static str, &'static [u8]);

/// Text: a subset of Pretendard, Latin and Hangul drawn for each other, figures of one width.
pub static REGULAR: Face = ("Downhill Sans", include_bytes!("../assets/fonts/DownhillSans-Regular.otf"));
/// Titles.
pub static SEMIBOLD: Face = ("Downhill Sans SemiBold", include_bytes!("../assets/fonts/DownhillSans-SemiBold.otf"));
/// Letters of one width, and signs that Downhill Sans lacks (∇ ∈ ⊤).
pub static HACK: Face = ("Hack", epaint_default_fonts::HACK_REGULAR);
/// More signs.
pub static UBUNTU: Face = ("Ubuntu-Light", epaint_default_fonts::UBUNTU_LIGHT);

/// All of them.
pub static FACES: [&Face; 4] = [&REGULAR, &SEMIBOLD, &HACK, &UBUNTU];
