//! MP4: H.264, which every player and every slide program knows.
//!
//! The packed frames are kept until the end, since the container begins with a table of them; they are small.

use muxide::api::{Muxer, MuxerBuilder, VideoCodec};
use openh264::OpenH264API;
use openh264::encoder::{BitRate, Encoder, EncoderConfig, FrameRate, FrameType, RateControlMode, UsageType};
use openh264::formats::{RgbaSliceU8, YUVBuffer};

use super::{Ending, Film, Reel};
use crate::scene::about::MP4_BOX;
use crate::scene::{Pixels, SceneError};

/// The longest side that the encoder takes.
const MAX_SIDE: u32 = 3840;

/// An MP4 in the making.
pub struct Mp4 {
    reel: Reel,
    encoder: Encoder,
    muxer: Option<Muxer<Vec<u8>>>,
    /// When the next frame begins, in seconds.
    now: f64,
}

impl Mp4 {
    /// An MP4 of so many frames a second. Its sides must be even; [`Mp4::size`] says what is drawn instead.
    pub fn new(reel: Reel, rate: f64) -> Result<Self, SceneError> {
        reel.within(MAX_SIDE)?;
        let [width, height] = reel.size;
        if Self::size(reel.size) != reel.size {
            return Err(SceneError::OtherSize { expected: Self::size(reel.size), found: reel.size });
        }
        // A tenth of a bit for each pixel of each frame keeps thin lines sharp.
        let bits = (f64::from(width) * f64::from(height) * rate * 0.1).clamp(5e5, 2e7);
        let config = EncoderConfig::new()
            .bitrate(BitRate::from_bps(bits as u32))
            .max_frame_rate(FrameRate::from_hz(rate as f32))
            .rate_control_mode(RateControlMode::Quality)
            .usage_type(UsageType::ScreenContentRealTime)
            .skip_frames(false);
        let encoder = Encoder::with_api_config(OpenH264API::from_source(), config).map_err(failed)?;
        let muxer =
            MuxerBuilder::new(Vec::new()).video(VideoCodec::H264, width, height, rate).build().map_err(failed)?;
        Ok(Self { reel, encoder, muxer: Some(muxer), now: 0.0 })
    }

    /// The largest even sides within a size.
    pub fn size(size: [u32; 2]) -> [u32; 2] {
        size.map(|side| side & !1)
    }
}

impl Film for Mp4 {
    fn frame(&mut self, frame: &Pixels, seconds: f64) -> Result<Vec<u8>, SceneError> {
        self.reel.check(frame)?;
        let size = (frame.width as usize, frame.height as usize);
        let yuv = YUVBuffer::from_rgba8_source(RgbaSliceU8::new(&frame.rgba, size));
        let packed = self.encoder.encode(&yuv).map_err(failed)?;
        let whole = matches!(packed.frame_type(), FrameType::IDR | FrameType::I);
        let muxer = self.muxer.as_mut().ok_or_else(over)?;
        muxer.write_video(self.now, &packed.to_vec(), whole).map_err(failed)?;
        self.now += seconds;
        Ok(Vec::new())
    }

    fn finish(&mut self) -> Result<Ending, SceneError> {
        let mut muxer = self.muxer.take().ok_or_else(over)?;
        muxer.finish_in_place().map_err(failed)?;
        let mut tail = muxer.into_writer();
        let scenario = self.reel.about.scenario.as_bytes();
        if !scenario.is_empty() {
            tail.extend((24 + scenario.len() as u32).to_be_bytes());
            tail.extend(b"uuid");
            tail.extend(MP4_BOX);
            tail.extend(scenario);
        }
        Ok(Ending { tail, patches: Vec::new() })
    }
}

fn over() -> SceneError {
    SceneError::Encoding("the film is over".to_owned())
}

fn failed(error: impl std::fmt::Display) -> SceneError {
    SceneError::Encoding(error.to_string())
}
