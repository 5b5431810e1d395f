#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <string>

#include "reports/sample_campaign.h"
#include "reports/write.h"

namespace redflag::reports {
namespace {

using testing::AllOf;
using testing::HasSubstr;

pugi::xml_document parsed(const std::string& text) {
  pugi::xml_document document;
  const auto result = document.load_string(text.c_str(), pugi::parse_full);
  EXPECT_TRUE(result) << result.description();
  return document;
}

pugi::xml_node test_case(const pugi::xml_document& document, const char* suite,
                         const char* scenario, const char* variant) {
  const std::string path = std::string("//testsuite[@name='") + suite + "']/testcase[@classname='" +
                           scenario + "'][@name='" + variant + "']";
  return document.select_node(path.c_str()).node();
}

TEST(Junit, HasASuiteAColumnAndACaseAVariant) {
  const auto document = parsed(junit(sample_campaign()));
  const auto all = document.child("testsuites");
  EXPECT_EQ(all.select_nodes("testsuite").size(), 4);
  EXPECT_EQ(all.attribute("tests").as_int(), 20);
  EXPECT_EQ(all.attribute("failures").as_int(), 3);
  EXPECT_EQ(all.attribute("errors").as_int(), 4);
  EXPECT_FALSE(test_case(document, "tsan gcc", "unlocked_counter", "unsafe").first_child());
}

TEST(Junit, AVerdictNotAsExpectedIsAFailureWithItsFinding) {
  const auto document = parsed(junit(sample_campaign()));
  const auto missed = test_case(document, "tsan gcc", "close_twice", "unsafe").child("failure");
  EXPECT_STREQ(missed.attribute("type").value(), "missed");
  EXPECT_THAT(missed.attribute("message").value(), HasSubstr("did not show data-race"));
  const auto alarm = test_case(document, "plain gcc", "close_twice", "safe").child("failure");
  EXPECT_STREQ(alarm.attribute("type").value(), "false alarm");
  EXPECT_THAT(alarm.text().get(), HasSubstr("std::logic_error: closed"));
}

TEST(Junit, ARunThatDidNotHappenIsNoPass) {
  const auto document = parsed(junit(sample_campaign()));
  const char* const name = "listener_ignores_stop";
  EXPECT_STREQ(
      test_case(document, "plain gcc", name, "unsafe").child("error").attribute("type").value(),
      "timed out");
  EXPECT_TRUE(test_case(document, "tsan gcc", name, "unsafe").child("error"));
  EXPECT_TRUE(test_case(document, "plain gcc", name, "safe").child("error"));
  EXPECT_TRUE(test_case(document, "tsan gcc", name, "safe").child("error"));
  Campaign unjudged = good_campaign();
  unjudged.runs[0].verdict.reset();
  EXPECT_TRUE(
      test_case(parsed(junit(unjudged)), "tsan", "unlocked_counter", "unsafe").child("error"));
}

TEST(Junit, IsXmlWhateverAFindingHolds) {
  const std::string text = junit(poisoned_campaign("<a>]]>\"'&\x01\x1b\x0c\xff\uFFFF"));
  EXPECT_EQ(parsed(text).select_nodes("//a").size(), 0);
  for (const char c : text) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
  EXPECT_THAT(text, AllOf(HasSubstr("&lt;a&gt;]]&gt;"), testing::Not(HasSubstr("\uFFFF"))));
}

}  // namespace
}  // namespace redflag::reports
