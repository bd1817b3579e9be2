use serde::{Deserialize, Serialize};

/// A place on earth, in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// North of the equator.
    pub latitude: f64,
    /// East of Greenwich.
    pub longitude: f64,
}

/// The mean radius of the earth.
const EARTH_METRES: f64 = 6_371_008.8;

impl Place {
    /// A place; nothing when there is none with these degrees.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude))
            .then_some(Self { latitude, longitude })
    }

    /// Metres in a straight line over the ground (haversine).
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
        let north = half(self.latitude, other.latitude);
        let east = half(self.longitude, other.longitude);
        let chord = north + self.latitude.to_radians().cos() * other.latitude.to_radians().cos() * east;
        2.0 * EARTH_METRES * chord.clamp(0.0, 1.0).sqrt().asin()
    }

    /// To about a metre: places that are the same as far as ways go.
    pub(crate) fn rounded(self) -> (i32, i32) {
        ((self.latitude * 1e5).round() as i32, (self.longitude * 1e5).round() as i32)
    }
}
