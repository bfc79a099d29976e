//! The installation's secret: given, or kept in a file that only its owner can read.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use clap::Args;
use lr_app::keys::MasterSecret;
use secrecy::{ExposeSecret, SecretString};

/// Flags and environment of this section.
#[derive(Debug, Clone, Args)]
pub struct SecretArgs {
    /// 64 hexadecimal digits from which every key is derived [default: made once, kept in the data folder]
    #[arg(long, env = "LEAD_ROUTER_SECRET", hide_env_values = true, global = true)]
    secret: Option<SecretString>,
}

impl SecretArgs {
    /// The given secret, else that of the file `secret` in `data`, which is made if it is missing.
    pub fn parse(&self, data: &Path) -> Result<MasterSecret, String> {
        let Some(given) = &self.secret else {
            return in_file(&data.join("secret"));
        };
        decode(given.expose_secret()).ok_or_else(|| {
            "LEAD_ROUTER_SECRET is not 64 hexadecimal digits, such as `openssl rand -hex 32` prints"
                .to_owned()
        })
    }
}

fn in_file(path: &Path) -> Result<MasterSecret, String> {
    let say = |error: io::Error| format!("the secret file {}: {error}", path.display());
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path).map_err(say)?,
        Err(error) => return Err(say(error)),
    };
    refuse_readable_by_others(path).map_err(say)?;
    decode(text.trim()).ok_or_else(|| {
        format!("the secret file {} does not hold 64 hexadecimal digits", path.display())
    })
}

/// Writes a new secret beside the place and links it in, so that of two processes that start at
/// once both read the same whole file.
fn create(path: &Path) -> io::Result<String> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let draft = path.with_extension(std::process::id().to_string());
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(encode(&MasterSecret::generate()).as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        Ok(()) | Err(_) => fs::read_to_string(path),
    }
}

#[cfg(unix)]
fn refuse_readable_by_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if fs::metadata(path)?.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    Err(io::Error::other("others can read it; run `chmod 600` on it"))
}

#[cfg(not(unix))]
fn refuse_readable_by_others(_: &Path) -> io::Result<()> {
    Ok(())
}

fn encode(secret: &MasterSecret) -> String {
    secret.bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn decode(text: &str) -> Option<MasterSecret> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let bytes: Option<Vec<u8>> = text
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    Some(MasterSecret::new(bytes?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(secret: Option<&str>) -> SecretArgs {
        SecretArgs { secret: secret.map(Into::into) }
    }

    #[test]
    fn a_secret_is_made_once_and_read_again() {
        let data = tempfile::tempdir().unwrap();
        let first = args(None).parse(data.path()).unwrap();
        let second = args(None).parse(data.path()).unwrap();
        assert_eq!(first.bytes(), second.bytes());
        assert_eq!(fs::read_dir(data.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        args(None).parse(data.path()).unwrap();
        let file = data.path().join("secret");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(args(None).parse(data.path()).unwrap_err().contains("chmod 600"));
    }

    #[test]
    fn a_given_secret_wins_and_must_have_64_digits() {
        let data = tempfile::tempdir().unwrap();
        let given = args(Some(&"0f".repeat(32))).parse(data.path()).unwrap();
        assert_eq!(given.bytes(), &[0x0f; 32]);
        for bad in ["", "0f", &"zz".repeat(32), &"+f".repeat(32), &"ü".repeat(32)] {
            assert!(args(Some(bad)).parse(data.path()).is_err(), "{bad}");
        }
    }
}
