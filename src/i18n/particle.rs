//! Korean particles: 을/를, 이/가, 은/는, 과/와, 으로/로 … come in two forms, and the sound at the end of the word
//! before decides. This finds that sound for Hangul, digits, Greek letters and Latin words as Koreans read them.

/// How a word ends when it is read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Vowel,
    /// The consonant ㄹ, which counts as a vowel before 로.
    Rieul,
    Consonant,
}

/// The form that fits after `word`: `closed` (을, 이, 은, 과, 으로) after a consonant, `open` (를, 가, 는, 와, 로)
/// after a vowel. After ㄹ the particle 로 takes its open form. Closing quotes and brackets are not heard.
///
/// ```
/// # use downhill::i18n::particle;
/// assert_eq!(particle("기울기", "을", "를"), "를");
/// assert_eq!(particle("학습률", "으로", "로"), "로");
/// ```
pub fn particle<'a>(word: &str, closed: &'a str, open: &'a str) -> &'a str {
    match ending(word) {
        Ending::Vowel => open,
        Ending::Rieul if closed.starts_with('으') => open,
        Ending::Rieul | Ending::Consonant => closed,
    }
}

fn ending(word: &str) -> Ending {
    let heard = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
    match heard.chars().next_back() {
        Some(last @ '가'..='힣') => match (last as u32 - '가' as u32) % 28 {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        },
        // 영 일 이 삼 사 오 육 칠 팔 구; the tens, hundreds, thousands … (십 백 천 만 억) are closed like 영.
        Some('1' | '7' | '8') => Ending::Rieul,
        Some('0' | '3' | '6') => Ending::Consonant,
        // 엡실론, 오미크론, 입실론
        Some('ε' | 'ο' | 'υ') => Ending::Consonant,
        Some(last) if last.is_ascii_alphabetic() => latin_ending(heard),
        _ => Ending::Vowel,
    }
}

/// The ending of a Latin word or letter. Abbreviations and single letters are spelled: 엘 엠 엔 알 are closed. Words
/// follow the usual transcription: a final l, m, n, ng is closed also before a silent e, and so is p, k, t or c
/// after one short vowel (넷, 롭, 록), while 드, 브, 그, 스 … add a vowel.
fn latin_ending(heard: &str) -> Ending {
    let start = heard.rfind(|c: char| !c.is_ascii_alphabetic()).map_or(0, |at| at + last_len(heard, at));
    let word = &heard[start..];
    let lower = word.to_ascii_lowercase();
    let letters: Vec<char> = lower.chars().collect();
    let is_vowel = |c: &char| "aeiouy".contains(*c);
    let spelled = letters.len() == 1 || word.chars().all(|c| c.is_ascii_uppercase()) || !letters.iter().any(is_vowel);
    match letters.as_slice() {
        [.., 'l'] => Ending::Rieul,
        [.., 'm' | 'n'] => Ending::Consonant,
        [.., 'r'] if spelled => Ending::Rieul,
        _ if spelled => Ending::Vowel,
        [.., 'n', 'g'] | [.., 'c', 'k'] => Ending::Consonant,
        [.., a, 'l', 'e'] if is_vowel(a) || letters.len() > 3 => Ending::Rieul,
        [.., a, 'm' | 'n', 'e'] if is_vowel(a) => Ending::Consonant,
        [.., b, a, 'p' | 'k' | 't' | 'c'] if is_vowel(a) && !is_vowel(b) => Ending::Consonant,
        _ => Ending::Vowel,
    }
}

/// The length in bytes of the character that starts at `at`.
fn last_len(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sound_at_the_end_decides() {
        for (word, object, direction) in [
            ("손실", "을", "로"),
            ("기울기", "를", "로"),
            ("모멘텀", "을", "으로"),
            ("0.1", "을", "로"),
            ("1e-3", "을", "으로"),
            ("100", "을", "으로"),
            ("4", "를", "로"),
            ("50%", "를", "로"),
            ("'sine'", "을", "으로"),
            ("adam", "을", "으로"),
            ("torch/adam", "을", "으로"),
            ("keras/rmsprop", "을", "으로"),
            ("sgd", "를", "로"),
            ("SGD", "를", "로"),
            ("lbfgs", "를", "로"),
            ("URL", "을", "로"),
            ("Rosenbrock", "을", "으로"),
            ("Ackley", "를", "로"),
            ("scale", "을", "로"),
            ("loss", "를", "로"),
            ("x", "를", "로"),
            ("m", "을", "으로"),
            ("η", "를", "로"),
            ("ε", "을", "으로"),
            ("", "를", "로"),
            ("값x)", "를", "로"),
        ] {
            assert_eq!(particle(word, "을", "를"), object, "{word}");
            assert_eq!(particle(word, "으로", "로"), direction, "{word}");
        }
    }
}
