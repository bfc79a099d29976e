//! What the installation says by mail, each thing worded once.

pub mod outbox;

use crate::accounts::token::NewToken;
use crate::public_url::PublicUrl;

/// A mail to one person.
#[derive(Debug, Clone)]
pub enum Mail {
    /// Prove the address, and the workspace is made.
    SignUp {
        /// Shown name of the workspace.
        workspace: String,
        /// Proves the address.
        token: NewToken,
    },
    /// As [`Mail::SignUp`], to somebody who has an account already.
    SignUpKnown {
        /// Shown name of the workspace.
        workspace: String,
        /// Proves the address.
        token: NewToken,
    },
    /// Set another password.
    ResetPassword {
        /// Proves the address.
        token: NewToken,
    },
    /// Somebody wanted to set the password of an account that is not there.
    ResetUnknown,
    /// The password was changed, by whatever way.
    PasswordChanged,
    /// To the new address: prove it.
    ChangeEmail {
        /// Proves the address.
        token: NewToken,
    },
    /// To the new address, which has an account of its own.
    ChangeEmailTaken,
    /// To the old address.
    EmailChanged {
        /// The new one.
        to: String,
    },
}

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The line in the list of mails.
    pub subject: String,
    /// The text: paragraphs with an empty line between them.
    pub text: String,
    /// Where to go, if anywhere; the text says it too.
    pub link: Option<String>,
}

impl Mail {
    /// What it is about, for programs.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SignUp { .. } => "sign_up",
            Self::SignUpKnown { .. } => "sign_up_known",
            Self::ResetPassword { .. } => "reset_password",
            Self::ResetUnknown => "reset_unknown",
            Self::PasswordChanged => "password_changed",
            Self::ChangeEmail { .. } => "change_email",
            Self::ChangeEmailTaken => "change_email_taken",
            Self::EmailChanged { .. } => "email_changed",
        }
    }

    /// What it says to the people of the installation at `home`.
    pub fn words(&self, home: &PublicUrl) -> Words {
        let link =
            self.page().map(|(page, token)| format!("{home}/{page}/#token={}", token.reveal()));
        let mut paragraphs: Vec<String> = vec![self.before()];
        paragraphs.extend(link.clone());
        paragraphs.push(self.after().to_owned());
        Words { subject: self.subject(), text: paragraphs.join("\n\n"), link }
    }

    /// The page of the web app that the mail leads to. The token stands behind a `#`, so that it is
    /// neither sent to a server nor logged by one when the page is opened.
    const fn page(&self) -> Option<(&'static str, &NewToken)> {
        match self {
            Self::SignUp { token, .. } | Self::SignUpKnown { token, .. } => {
                Some(("confirm-sign-up", token))
            }
            Self::ResetPassword { token } => Some(("reset-password", token)),
            Self::ChangeEmail { token } => Some(("confirm-email", token)),
            Self::ResetUnknown
            | Self::PasswordChanged
            | Self::ChangeEmailTaken
            | Self::EmailChanged { .. } => None,
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::SignUp { workspace, .. } | Self::SignUpKnown { workspace, .. } => {
                format!("Confirm your address to open {workspace}")
            }
            Self::ResetPassword { .. } => "Set another password".to_owned(),
            Self::ResetUnknown => "No account at this address".to_owned(),
            Self::PasswordChanged => "Your password was changed".to_owned(),
            Self::ChangeEmail { .. } => "Confirm your new address".to_owned(),
            Self::ChangeEmailTaken => "This address has an account already".to_owned(),
            Self::EmailChanged { .. } => "Your address was changed".to_owned(),
        }
    }

    fn before(&self) -> String {
        match self {
            Self::SignUp { workspace, .. } => format!(
                "Somebody, we hope you, wants to open the workspace “{workspace}” on Lead Router \
                 with this address. Open this link and type the password that you chose:"
            ),
            Self::SignUpKnown { workspace, .. } => format!(
                "Somebody, we hope you, wants to open the workspace “{workspace}” on Lead Router. \
                 You have an account at this address already: open this link and type its password, \
                 and the workspace becomes one more of yours:"
            ),
            Self::ResetPassword { .. } => {
                "Somebody, we hope you, wants to set another password for \
                 your account on Lead Router. This is where to do it:"
                    .to_owned()
            }
            Self::ResetUnknown => "Somebody, perhaps you, wants to set another password for an \
                 account on Lead Router at this address. There is none. If it was you, try your \
                 other addresses."
                .to_owned(),
            Self::PasswordChanged => {
                "The password of your account on Lead Router was changed, and \
                 every other session was signed out."
                    .to_owned()
            }
            Self::ChangeEmail { .. } => {
                "Somebody, we hope you, wants to sign in to Lead Router with \
                 this address from now on. This link makes it so:"
                    .to_owned()
            }
            Self::ChangeEmailTaken => {
                "Somebody, perhaps you, wants to move an account on Lead Router \
                 to this address. It has an account of its own, so nothing was changed."
                    .to_owned()
            }
            Self::EmailChanged { to } => {
                format!(
                    "Your account on Lead Router is now found under {to}, no longer under this \
                 address."
                )
            }
        }
    }

    const fn after(&self) -> &'static str {
        match self {
            Self::SignUp { .. } | Self::SignUpKnown { .. } => {
                "The link is good for one day and once. If it was not you, do nothing: without your \
                 doing nothing comes of it."
            }
            Self::ResetPassword { .. } => {
                "The link is good for one hour and once. If it was not you, do nothing: your password \
                 stays as it is."
            }
            Self::ChangeEmail { .. } => {
                "The link is good for one day and once. If it was not you, do nothing."
            }
            Self::PasswordChanged | Self::EmailChanged { .. } => {
                "If it was not you, set another password at once, and tell whoever runs your workspace."
            }
            Self::ResetUnknown | Self::ChangeEmailTaken => "You need not do anything.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_that_leads_somewhere_says_where_in_its_text() {
        let token = NewToken::link();
        let mail = Mail::ResetPassword { token: token.clone() };
        let words = mail.words(&PublicUrl::parse("https://leads.example").unwrap());
        let link = format!("https://leads.example/reset-password/#token={}", token.reveal());
        assert_eq!(words.link.as_deref(), Some(link.as_str()));
        assert!(words.text.contains(&link));
    }

    #[test]
    fn a_mail_prints_nothing_of_its_link() {
        let token = NewToken::link();
        let mail = Mail::ChangeEmail { token: token.clone() };
        assert!(!format!("{mail:?}").contains(token.reveal()));
    }
}
