//! What a page of the web app may load and run.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The policy of a page: its own files, and of inline scripts only those that the page was built
/// with, each known by its hash.
///
/// Inline styles are allowed, because the design system sizes elements with them; they cannot run
/// code or, with this policy, load anything from elsewhere.
pub fn policy(html: &str) -> String {
    let hashes: String = inline_scripts(html)
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
        .collect();
    format!(
        "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The text of each script that is not a file of its own.
///
/// Reads only what our own build writes, so it need not know all of HTML.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|after| {
        let (attributes, rest) = after.split_once('>')?;
        let (text, _) = rest.split_once("</script>")?;
        let is_file = attributes.split_ascii_whitespace().any(|word| word.starts_with("src="));
        (!is_file).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_known_by_hash_and_files_are_not_listed() {
        let html =
            r#"<script src="/a.js" async=""></script><script>alert('Hello, world.');</script>"#;
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["alert('Hello, world.');"]);
        // The example of <https://www.w3.org/TR/CSP3/#external-hash> and MDN for this very text.
        assert!(
            policy(html).contains(
                "script-src 'self' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=';"
            )
        );
    }

    #[test]
    fn a_page_cannot_be_framed_or_load_from_elsewhere() {
        let policy = policy("");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("http"));
    }
}
