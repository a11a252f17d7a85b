use super::*;
use crate::error::Kind;

const BASE: &str = "/api/v1alpha1";

fn parse(text: &str) -> Result<Endpoint> {
    Endpoint::parse(text, &Host::dolthub(), BASE)
}

fn sent(text: &str) -> String {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).to_string()
}

#[test]
fn a_path_may_be_written_with_and_without_the_base() {
    for text in [
        "user",
        "/user",
        "/api/v1alpha1/user",
        "api/v1alpha1/user",
        "https://www.dolthub.com/api/v1alpha1/user",
        "user?",
    ] {
        assert_eq!(sent(text), "/user", "{text}");
    }
    assert_eq!(sent("/api/v1alpha1/api/v1alpha1/forks"), "/api/v1alpha1/forks");
    assert_eq!(sent("apis/v2/forks"), "/apis/v2/forks");
    assert_eq!(sent("dolthub/museum-collections/forks"), "/dolthub/museum-collections/forks");
    let lab = Host::parse("http://corp.example:8080/doltlab").unwrap();
    let whole = Endpoint::parse("http://corp.example:8080/doltlab/api/v1alpha1/user", &lab, BASE);
    assert_eq!(whole.unwrap().to_string(), "/user");
}

#[test]
fn what_is_valid_is_sent_as_it_is_written_and_all_else_encoded() {
    for (text, path) in [
        ("a.b/...x/-..-/~", "/a.b/...x/-..-/~"),
        ("a/b/", "/a/b/"),
        ("x%2Fy%2fz/%40%3a", "/x%2Fy%2fz/%40%3a"),
        ("100%25", "/100%25"),
        ("a;b=c,d/(e)*'!$&+", "/a;b=c,d/(e)*'!$&+"),
        ("ü/館", "/%C3%BC/%E9%A4%A8"),
        ("\"<>^`{|}[]", "/%22%3C%3E%5E%60%7B%7C%7D%5B%5D"),
        ("fork?operationName=operations/../x", "/fork?operationName=operations/../x"),
        ("fork?a=b%20c&d=..%2f?/:@!$()*+,;=~", "/fork?a=b%20c&d=..%2f?/:@!$()*+,;=~"),
        ("fork?a=b c&100%&%zz&%4", "/fork?a=b%20c&100%25&%25zz&%254"),
        ("fork?ü=\"'\\[]", "/fork?%C3%BC=%22%27%5C%5B%5D"),
        ("x??", "/x??"),
    ] {
        assert_eq!(sent(text), path, "{text}");
    }
}

#[test]
fn a_path_that_leaves_the_api_is_refused_however_it_is_written() {
    for text in [
        "//evil.example/x",
        "///evil.example/x",
        "/api/v1alpha1//evil.example/x",
        "/api/v1alpha1/../v2/user",
        "https://evil.example/api/v1alpha1/user",
        "https://www.dolthub.com.evil.example/api/v1alpha1/user",
        "https://www.dolthub.com@evil.example/api/v1alpha1/user",
        "http://www.dolthub.com/api/v1alpha1/user",
        "https://www.dolthub.com/api/v2/user",
        "https://www.dolthub.comapi/v1alpha1/user",
        "https://www.dolthub.com/user",
        "https://www.dolthub.com/api/v1alpha1x/user",
        "https:user",
        "https:/user",
        "javascript:x",
        "user:pass@evil.example/x",
        "@evil.example",
        "x@y",
        "..",
        ".",
        "../../user",
        "user/..",
        "user/./x",
        "%2e%2e/user",
        "%2E./user",
        ".%2e",
        "..%2fuser",
        "x%2f..%2f..",
        "%252e%252e/user",
        "%25252E%252e",
        "..%252fuser",
        "..\\user",
        "x\\y",
        "%5cuser",
        "%255c..",
        "..;/user",
        "..;a=b/user",
        "..%3b/user",
        "x;../user",
        "..%3fx",
        "..%23x",
        "..&x",
        ".../x",
        "..%20/x",
        "%20../x",
        "..%c2%a0",
        "．．/x",
        "‥/x",
        "․․/x",
        "..／x",
        "..∕x",
        ".\u{200b}./x",
        "%c0%ae%c0%ae/x",
        "%ff",
        "%25ff",
        "a//b",
        "a%2f/b",
        "%2fevil.example/x",
        "%252fevil.example",
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.kind, Kind::Usage, "{text}");
    }
}

#[test]
fn what_is_no_path_is_refused() {
    for text in [
        "",
        "/",
        "?",
        "?a=b",
        "/?a",
        "/api/v1alpha1",
        "/api/v1alpha1/",
        "api/v1alpha1",
        "https://www.dolthub.com/api/v1alpha1/",
        "/api/v2/user",
        "api/v2alpha3",
        "a b",
        "a\u{a0}b",
        "user ",
        "us\ter",
        "us\ner",
        "user\n",
        "user\0",
        "user\u{9b}",
        "fork?a=\tb",
        "a%00b",
        "a%0d%0ab",
        "a%250a",
        "a%c2%9b",
        "user#x",
        "fork?a=b#c",
        "100%",
        "%zz",
        "%4",
        &"a".repeat(8 * 1024 + 1),
        &format!("x?{}", "a".repeat(32 * 1024)),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.kind, Kind::Usage, "{text:?}");
    }
}

#[test]
fn a_query_is_added_to_the_one_that_is_there() {
    let with = |text: &str, pairs: &[(&str, &str)]| {
        parse(text).unwrap().with_query(pairs.iter().copied()).map(|endpoint| endpoint.to_string())
    };
    assert_eq!(
        with("fork", &[("a", "b c"), ("ü", "1&2=3/+%")]).unwrap(),
        "/fork?a=b%20c&%C3%BC=1%262%3D3%2F%2B%25"
    );
    assert_eq!(with("fork?x=1", &[("a", "")]).unwrap(), "/fork?x=1&a=");
    assert_eq!(with("fork?x=1", &[]).unwrap(), "/fork?x=1");
    assert!(with("fork", &[("a", &"b".repeat(32 * 1024))]).is_err());
}

#[test]
fn its_names_are_decoded() {
    let names = parse("a%2Fb/ü/forks?x=%C3%BC+1&y&z=").unwrap().names();
    assert_eq!(names, ["a/b", "ü", "forks", "ü+1"]);
}
