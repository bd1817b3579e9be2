//! Passwords: argon2id with the crate's defaults (19 MiB, 2 passes), in a PHC string with its salt.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use service::Random;

/// Shortest password that is accepted, in characters. Length is the only rule (NIST SP 800-63B).
pub(crate) const CHARS_MIN: usize = 10;
/// Longest, in bytes: a limit on the work that a stranger can ask for.
pub(crate) const BYTES_MAX: usize = 256;

/// Whether a password may be chosen.
pub(crate) fn acceptable(password: &str) -> bool {
    password.chars().count() >= CHARS_MIN && password.len() <= BYTES_MAX
}

/// The PHC string to keep of a password. Takes tens of milliseconds: call it from a blocking thread.
pub(crate) fn hash(password: &str, random: &dyn Random) -> Option<String> {
    let salt = random.bytes16();
    Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

/// [`hash`] on a thread where it holds up nobody.
pub(crate) async fn hash_later(password: String, app: &crate::App) -> Result<String, crate::Problem> {
    let random = app.random.clone();
    let hash = tokio::task::spawn_blocking(move || hash(&password, random.as_ref())).await;
    hash.ok().flatten().ok_or(crate::Problem::Broken)
}

/// Whether a password belongs to a PHC string. As slow as [`hash`].
pub(crate) fn fits(password: &str, kept: &str) -> bool {
    password.len() <= BYTES_MAX
        && PasswordHash::new(kept)
            .is_ok_and(|kept| Argon2::default().verify_password(password.as_bytes(), &kept).is_ok())
}

/// As slow as a comparison, for an account that does not exist: who tries names learns nothing from the time it takes.
pub(crate) fn pretend(password: &str) {
    // The hash of a password that nobody has.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$a2xhbnRyZWlzLXphbHQ$xQ0V0gYJ3c1o3l5bR6q0H6m6k3x1Qn0b0o3Qp8Vt2s0";
    let _ = fits(password, NOBODY);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counting;

    #[test]
    fn a_password_fits_its_own_hash_alone() {
        let random = Counting::default();
        let one = hash("fiets en regenjas", &random).unwrap();
        let two = hash("fiets en regenjas", &random).unwrap();
        assert!(one.starts_with("$argon2id$"));
        assert_ne!(one, two, "every hash has its own salt");
        assert!(fits("fiets en regenjas", &one));
        assert!(!fits("fiets en regenpak", &one));
        assert!(!fits("fiets en regenjas", "no hash"));
    }

    #[test]
    fn length_is_the_only_rule_and_has_a_limit() {
        assert!(!acceptable("kort"));
        assert!(acceptable("tien tekens"));
        assert!(acceptable(&"a".repeat(BYTES_MAX)));
        assert!(!acceptable(&"a".repeat(BYTES_MAX + 1)));
    }

    #[test]
    fn nobody_s_hash_can_be_compared_with() {
        assert!(!fits("", ""));
        pretend("anything");
    }
}
