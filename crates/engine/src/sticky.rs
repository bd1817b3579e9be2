//! Who gets which variant and who is held out: decided by a digest, so that it never changes for one customer.

use words::{CustomerId, TouchpointId, digest};

/// 0..1, evenly spread over customers: the first eight bytes of SHA-256 over (seed, customer, touchpoint, purpose).
fn share(seed: &str, customer: CustomerId, touchpoint: &TouchpointId, purpose: &str) -> f64 {
    let bytes = digest(&[seed, &customer.to_string(), touchpoint.as_str(), purpose]);
    let first = u64::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]]);
    (first >> 11) as f64 / (1_u64 << 53) as f64
}

/// Whether this customer belongs to the share (0..1) that does not get this touchpoint.
pub fn held_out(seed: &str, customer: CustomerId, touchpoint: &TouchpointId, holdout: f64) -> bool {
    share(seed, customer, touchpoint, "holdout") < holdout
}

/// Which of several variants this customer gets: 0..count. `count` is at least 1.
pub fn variant(seed: &str, customer: CustomerId, touchpoint: &TouchpointId, count: usize) -> usize {
    let share = share(seed, customer, touchpoint, "variant");
    ((share * count as f64) as usize).min(count.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_sticky_and_about_right() {
        let touchpoint = TouchpointId::new("tips");
        let customers = (0..2_000).map(|n| CustomerId::derived(&["test", &n.to_string()]));
        let out = customers.clone().filter(|customer| held_out("s", *customer, &touchpoint, 0.1)).count();
        assert!((140..260).contains(&out), "{out} of 2000 held out of 10 %");
        for customer in customers {
            assert_eq!(variant("s", customer, &touchpoint, 3), variant("s", customer, &touchpoint, 3));
            assert!(!held_out("s", customer, &touchpoint, 0.0));
        }
    }
}
