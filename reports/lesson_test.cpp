#include "reports/lesson.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace redflag::reports {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Lesson, HeadingsStandBelowTheirSection) {
  EXPECT_THAT(
      lesson_html("# Title\n\n## Why\n\n###### Deep\n", 3),
      AllOf(Not(HasSubstr("Title")), HasSubstr("<h4>Why</h4>"), HasSubstr("<h6>Deep</h6>")));
}

TEST(Lesson, HasTablesAndCode) {
  EXPECT_THAT(
      lesson_html("| mode | rate |\n|---|--:|\n| `tsan` | 13/13 |\n\n```cpp\na<b>;\n```\n", 3),
      AllOf(HasSubstr("<table>"), HasSubstr("<code>tsan</code>"), HasSubstr("a&lt;b&gt;;")));
}

TEST(Lesson, HtmlDoesNotPass) {
  EXPECT_THAT(lesson_html("<script>alert(1)</script>\n\na <b onclick='x'>b</b>\n", 3),
              AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<b"))));
}

TEST(Lesson, AnAnswerIsFolded) {
  EXPECT_THAT(
      lesson_html("<details>\n<summary>Show <b>it</b></summary>\n\nYes.\n\n</details>\n", 3),
      AllOf(HasSubstr("<details><summary>Show &lt;b&gt;it&lt;/b&gt;</summary>"),
            HasSubstr("<p>Yes.</p>"), HasSubstr("</details>")));
}

TEST(Lesson, DetailsThatDoNotEndDoNotPass) {
  EXPECT_THAT(lesson_html("<details>\n<summary>a</summary>\n\nText.\n", 3),
              AllOf(HasSubstr("Text."), Not(HasSubstr("<details"))));
  EXPECT_THAT(lesson_html("Text.\n\n</details>\n", 3), Not(HasSubstr("</details")));
}

TEST(Lesson, OnlyWebLinksStayLinks) {
  EXPECT_THAT(lesson_html("[a](javascript:x) [b](safe.cpp) [c](https://c.example/) "
                          "![picture](https://d.example/d.png) [![e](e.png)](f)\n",
                          3),
              AllOf(HasSubstr("<p>a b <a href=\"https://c.example/\">c</a> picture e</p>")));
}

TEST(Lesson, AnyBytesGiveWholeHtml) {
  EXPECT_THAT(lesson_html("a\xff \x1b[31m *b\n", 3), HasSubstr("a\uFFFD ␛[31m *b"));
  EXPECT_EQ(lesson_html("", 3), "");
}

}  // namespace
}  // namespace redflag::reports
