//! The name that was probably meant.

/// The candidate nearest to a name, if one is near enough to be worth a question.
///
/// Nearness is the number of typing slips (Damerau–Levenshtein); of equally near ones the one with the longer common
/// beginning wins (Jaro–Winkler), so that `sine` gives `sin` and not `sinh`.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let lower = name.to_lowercase();
    let length = name.chars().count();
    let mut best: Option<(usize, f64, &str)> = None;
    for candidate in candidates {
        let slips = if candidate.to_lowercase() == lower { 0 } else { strsim::damerau_levenshtein(name, candidate) };
        let allowed = match length {
            0..=2 => 0,
            3..=5 => 1,
            6..=8 => 2,
            _ => 3,
        };
        // A longer name that goes on from what was typed is as good as one slip: `mom` for `momentum`.
        let prefix = length >= 3 && candidate.starts_with(name);
        if slips > allowed && !prefix {
            continue;
        }
        let slips = if prefix { slips.min(1) } else { slips };
        let likeness = strsim::jaro_winkler(name, candidate);
        if best.is_none_or(|(s, l, _)| slips < s || (slips == s && likeness > l)) {
            best = Some((slips, likeness, candidate));
        }
    }
    best.map(|(_, _, candidate)| candidate.to_owned())
}

/// `xy` as `x*y`, `x2` as `x^2`: a name that is several known names of one letter, or one with digits behind.
pub(super) fn as_product(name: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = name.get(letters.len()..).unwrap_or("");
    if !digits.is_empty() {
        return known(letters).then(|| format!("{letters}^{digits}"));
    }
    let parts: Vec<String> = letters.chars().map(String::from).collect();
    (parts.len() > 1 && parts.len() <= 4 && parts.iter().all(|part| known(part))).then(|| parts.join("*"))
}

/// `xsin` as `x*sin`: known names with a function behind.
pub(super) fn as_factor_of_call(
    name: &str,
    known: impl Fn(&str) -> bool,
    function: impl Fn(&str) -> bool,
) -> Option<String> {
    name.char_indices().skip(1).find_map(|(at, _)| {
        let (factor, rest) = name.split_at(at);
        (known(factor) && function(rest)).then(|| format!("{factor}*{rest}"))
    })
}

/// The candidates near to a name, the nearest first, at most three: for ids, of which several may have been meant.
///
/// Near are those with few typing slips for their length (case apart), and those that contain the name.
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let name = name.to_lowercase();
    let length = name.chars().count();
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let slips = strsim::damerau_levenshtein(&name, &lower);
            let contained = length >= 3 && lower.contains(&name);
            let allowed = 1 + length.min(lower.chars().count()) / 4;
            let rank = if contained { slips.min(1) } else { slips };
            (rank <= allowed && rank < length).then_some((rank, candidate))
        })
        .collect();
    near.sort_by_key(|&(rank, _)| rank);
    near.into_iter().take(3).map(|(_, candidate)| candidate.to_owned()).collect()
}
