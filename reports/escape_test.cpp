#include "reports/escape.h"

#include <gtest/gtest.h>

namespace redflag::reports {
namespace {

using namespace std::string_literals;

TEST(Visible, KeepsOrdinaryTextOfAnyLanguage) {
  EXPECT_EQ(visible("int x;\n\tµs 数据竞争 🏁"), "int x;\n\tµs 数据竞争 🏁");
}

TEST(Visible, ShowsControlCharactersAsTheirPictures) {
  EXPECT_EQ(visible("\x1b[31mred\x1b[0m\0\x7f"s), "␛[31mred␛[0m␀␡");
  EXPECT_EQ(visible("a\r\nb\rc"), "a\nb␍c");
}

TEST(Visible, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(visible("a\xff"), "a\uFFFD");
  EXPECT_EQ(visible("\xE2\x82"), "\uFFFD\uFFFD");                  // cut short
  EXPECT_EQ(visible("\xC0\xAF"), "\uFFFD\uFFFD");                  // overlong '/'
  EXPECT_EQ(visible("\xE0\x80\xAF"), "\uFFFD\uFFFD\uFFFD");        // overlong in three bytes
  EXPECT_EQ(visible("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");        // a surrogate
  EXPECT_EQ(visible("\xF4\x90\x80\x80"s).substr(0, 3), "\uFFFD");  // above U+10FFFF
}

TEST(Visible, ShowsWhatReordersOrHidesText) {
  // NOLINTNEXTLINE(misc-misleading-bidirectional): that is what it tests
  EXPECT_EQ(visible("a\u202Eb\u200Bc\u2066d\uFEFF\uFFFF"),
            "a[U+202E]b[U+200B]c[U+2066]d[U+FEFF][U+FFFF]");
  EXPECT_EQ(visible("\xC2\x9B"), "[U+009B]");  // an 8-bit escape sequence's start
}

TEST(Escape, LeavesNoMarkup) {
  EXPECT_EQ(escape(R"(<script>a && "b" 'c'</script>)"),
            "&lt;script&gt;a &amp;&amp; &quot;b&quot; &#39;c&#39;&lt;/script&gt;");
}

TEST(MarkdownText, IsNoMarkup) {
  EXPECT_EQ(markdown_text("a|b\n<b>*c*_d_`e`[f](g)"),
            "a&#124;b &#60;b&#62;&#42;c&#42;&#95;d&#95;&#96;e&#96;&#91;f&#93;(g)");
  EXPECT_EQ(markdown_text("http://x @all #1"), "http&#58;//x &#64;all &#35;1");
}

TEST(MarkdownCode, HoldsBackticksAndPipes) {
  EXPECT_EQ(markdown_code("f<int>(a|b)"), "`f<int>(a\\|b)`");
  EXPECT_EQ(markdown_code("a``b"), "```a``b```");
  EXPECT_EQ(markdown_code("`a\nb"), "`` `a b ``");
  EXPECT_EQ(markdown_code(""), "");
}

TEST(RelativeLink, NeverLeavesTheFolderBySchemeOrRoot) {
  EXPECT_EQ(relative_link("logs/close twice#1.txt"), "logs/close%20twice%231.txt");
  EXPECT_EQ(relative_link("javascript:alert(1)"), "javascript%3Aalert%281%29");
  EXPECT_EQ(relative_link("//host/x"), "");
  EXPECT_EQ(relative_link(""), "");
}

TEST(Slug, IsAnId) { EXPECT_EQ(slug("a b/c_d.e<\">"), "a-b-c_d.e---"); }

}  // namespace
}  // namespace redflag::reports
