//! Spellings by which a URL has been used to reach what only the server can reach.

use lr_connectors::egress::{Egress, Forbidden, Target};
use lr_connectors::error::CallError;
use lr_connectors::http::HttpClient;
use lr_connectors::webhook::{Message, SigningSecret, deliver};
use lr_emulators::fault::Answer;
use lr_emulators::receiver::Receiver;

/// One address each, all of which mean a host that is not public.
const NOT_PUBLIC: &str = "
    https://127.0.0.1/ https://127.0.0.1:8443/ https://127.1/ https://127.0.1/ https://0/
    https://2130706433/ https://017700000001/ https://0x7f000001/ https://0x7f.0.0.1/
    https://0177.0.0.1/ https://0x7F.1/ https://00000177.0.0.01/ https://127.0.0.1./
    https://127%2E0%2E0%2E1/ https://127。0。0。1/ https://127．0．0．1/ https://①②⑦.0.0.1/
    https://１２７.0.0.1/ https://0.0.0.0/ https://255.255.255.255/
    https://10.0.0.1/ https://10.1/ https://167772161/ https://172.16.0.1/ https://172.31.255.255/
    https://192.168.0.1/ https://192.168.257/ https://3232235521/ https://100.64.0.1/
    https://169.254.169.254/latest/meta-data/ https://2852039166/ https://0xA9FEA9FE/
    https://0251.0376.0251.0376/ https://169.254.43518/ https://100.100.100.200/
    https://192.0.0.192/ https://168.63.129.16/ https://224.0.0.1/ https://239.1.1.1/
    https://[::]/ https://[::1]/ https://[0:0:0:0:0:0:0:1]/ https://[::127.0.0.1]/
    https://[::ffff:127.0.0.1]/ https://[::ffff:7f00:1]/ https://[::ffff:169.254.169.254]/
    https://[::ffff:0a00:0001]/ https://[0:0:0:0:0:ffff:10.0.0.1]/ https://[64:ff9b::127.0.0.1]/
    https://[64:ff9b::a9fe:a9fe]/ https://[2002:7f00:1::]/ https://[2002:a9fe:a9fe::1]/
    https://[2001::1]/ https://[fe80::1]/ https://[fec0::1]/ https://[fc00::1]/
    https://[fd00:ec2::254]/ https://[ff02::1]/ https:\\\\127.0.0.1\\ https:/127.0.0.1/
    https:127.0.0.1 https:///127.0.0.1/ HTTPS://127.0.0.1/ https://127.0.0.1?@example.com
    https://127.0.0.1#@example.com https://127.0.0.1/@example.com https://127.0.0.1\\@example.com";

/// Not https, or not a URL at all.
const NOT_HTTPS: &str = "
    http://example.com/ http://127.0.0.1/ ftp://example.com/ gopher://example.com:70/_GET
    ws://example.com/ unix://localhost/run/docker.sock dict://example.com:11211/ ldap://example.com/
    http:////example.com/";

const NOT_A_URL: &str = "
    example.com/hook //example.com/ https:// https://[::1 https://[fe80::1%25eth0]/
    https://256.256.256.256/ https://1.2.3.4.5/ https://exa<mple.com/ https://example.com:99999/
    https://4294967296/ data:text/plain,hello file:///etc/passwd javascript:alert(1) :// ::";

const WITH_CREDENTIALS: &str = "
    https://user@example.com/ https://user:word@example.com/ https://127.0.0.1:80@example.com/
    https://example.com@example.org/ https://:word@example.com/ https://a%40b@example.com/";

fn parse(url: &str) -> Result<Target, Forbidden> {
    Target::parse(url, Egress::PublicOnly)
}

#[test]
fn no_spelling_of_a_private_address_is_let_through() {
    for url in NOT_PUBLIC.split_whitespace() {
        assert!(matches!(parse(url), Err(Forbidden::NotPublic { .. })), "{url}: {:?}", parse(url));
    }
}

#[test]
fn only_https_addresses_without_credentials_are_let_through() {
    for url in NOT_HTTPS.split_whitespace() {
        assert_eq!(parse(url), Err(Forbidden::NotHttps), "{url}");
    }
    for url in NOT_A_URL.split_whitespace() {
        assert_eq!(parse(url), Err(Forbidden::NotAUrl), "{url}");
    }
    for url in WITH_CREDENTIALS.split_whitespace() {
        assert_eq!(parse(url), Err(Forbidden::Credentials), "{url}");
    }
    let long = format!("https://example.com/{}", "a".repeat(3_000));
    assert_eq!(parse(&long), Err(Forbidden::TooLong));
}

#[test]
fn a_usual_address_is_let_through() {
    for url in [
        "https://example.com/hook",
        "https://example.com:8443/hook?key=1#part",
        "https://münchen.example/hook",
        "https://1.1.1.1/",
        "https://[2606:4700::1111]/",
    ] {
        assert!(parse(url).is_ok(), "{url}: {:?}", parse(url));
    }
}

#[test]
fn opening_loopback_opens_nothing_else() {
    let parse = |url| Target::parse(url, Egress::AllowLoopback);
    for url in ["http://127.0.0.1:9000/", "http://[::1]/", "http://localhost:9000/hook"] {
        assert!(parse(url).is_ok(), "{url}: {:?}", parse(url));
    }
    for url in ["https://10.0.0.1/", "https://169.254.169.254/", "https://[::ffff:127.0.0.1]/"] {
        assert!(matches!(parse(url), Err(Forbidden::NotPublic { .. })), "{url}");
    }
    for url in ["http://example.com/", "http://10.0.0.1/", "http://localhost.example.com/"] {
        assert_eq!(parse(url), Err(Forbidden::NotHttps), "{url}");
    }
}

async fn attempt(egress: Egress, url: &str) -> Result<(), CallError> {
    let http = HttpClient::new(egress).unwrap();
    let secret = SigningSecret::new([7; 32]);
    let at = "2026-11-23T10:00:00Z".parse().unwrap();
    deliver(&http, url, &secret, Message { id: "msg_1", at, body: b"{}" }).await
}

#[tokio::test]
async fn a_name_that_resolves_to_a_private_address_is_never_connected_to() {
    let receiver = Receiver::start().await.unwrap();
    let url = format!("https://localhost:{}/hook", receiver.address().port());

    let refused = attempt(Egress::PublicOnly, &url).await.unwrap_err();

    assert_eq!(
        refused.to_string(),
        "the webhook's receiver refused: `localhost` is not at a public address"
    );
    assert_eq!(receiver.connections(), 0);
}

#[tokio::test]
async fn a_redirect_is_not_followed_wherever_it_leads() {
    let receiver = Receiver::start().await.unwrap();
    let inside = Receiver::start().await.unwrap();
    for (status, to) in [
        (301, inside.url()),
        (302, receiver.url()),
        (303, "http://169.254.169.254/latest/meta-data/".to_owned()),
        (307, inside.url()),
        (308, "https://example.com/".to_owned()),
    ] {
        receiver.answer_next([Answer::status(status).header("location", &to)]);
        let failed = attempt(Egress::AllowLoopback, &receiver.url()).await.unwrap_err();
        assert!(matches!(failed, CallError::Retry { .. }), "{status}: {failed:?}");
    }
    assert_eq!(inside.connections(), 0);
    assert_eq!(receiver.received().len(), 5);
}
