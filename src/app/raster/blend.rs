//! One color over another: premultiplied, eight bits a channel.

/// `x / 255`, rounded to nearest, for `x` up to 255².
#[inline(always)]
fn div255(x: u32) -> u32 {
    (x + 128 + ((x + 128) >> 8)) >> 8
}

/// The product of two colors, channel by channel.
#[inline(always)]
pub(super) fn multiply(a: [u8; 4], b: [u8; 4]) -> [u8; 4] {
    std::array::from_fn(|i| div255(u32::from(a[i]) * u32::from(b[i])) as u8)
}

/// Lays a color over a pixel.
#[inline(always)]
pub(super) fn over(pixel: &mut [u8; 4], src: [u8; 4]) {
    let rest = 255 - u32::from(src[3]);
    // Two channels in one word: a product needs 16 bits, so neither reaches into the other.
    let word = u32::from_le_bytes(*pixel);
    let scale = |v: u32| {
        let v = v * rest + 0x0080_0080;
        ((v + ((v >> 8) & 0x00ff_00ff)) >> 8) & 0x00ff_00ff
    };
    let old = scale(word & 0x00ff_00ff) | (scale((word >> 8) & 0x00ff_00ff) << 8);
    let old = old.to_le_bytes();
    // egui's additive colors have more light than alpha: they saturate.
    *pixel = std::array::from_fn(|i| old[i].saturating_add(src[i]));
}

/// Lays one color over a run of pixels.
#[inline]
pub(super) fn over_run(run: &mut [[u8; 4]], src: [u8; 4]) {
    if src[3] == 255 {
        run.fill(src);
    } else {
        run.iter_mut().for_each(|pixel| over(pixel, src));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_is_exact_and_blending_follows_its_formula() {
        for x in 0..=255 * 255 {
            assert_eq!(div255(x), (x + 127) / 255, "{x} / 255");
        }
        for old in 0..=255u8 {
            for a in 0..=255u8 {
                let mut pixel = [old, 255 - old, 7, 255];
                over(&mut pixel, [a, a / 2, 0, a]);
                let kept = |v: u8| (u32::from(v) * (255 - u32::from(a)) + 127) / 255;
                assert_eq!(u32::from(pixel[0]), (kept(old) + u32::from(a)).min(255));
                assert_eq!(u32::from(pixel[1]), (kept(255 - old) + u32::from(a / 2)).min(255));
                assert_eq!(pixel[3], 255, "an opaque ground stays opaque");
            }
        }
        let mut pixel = [200, 200, 200, 255];
        over(&mut pixel, [100, 0, 0, 0]);
        assert_eq!(pixel, [255, 200, 200, 255], "light without alpha adds and saturates");
    }
}
