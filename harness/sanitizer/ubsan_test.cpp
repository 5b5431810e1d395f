#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "sanitizer/test_logs.h"

namespace redflag {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

const std::vector<Expected> undefined_behaviours{
    {"undefined.ubsan.gcc", Kind::undefined_behavior, "src/undefined.cpp:add", "",
     "signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'"},
    {"undefined.ubsan.clang", Kind::undefined_behavior, "src/undefined.cpp:add", "",
     "signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'"},
    {"undefined_plain.ubsan.gcc", Kind::undefined_behavior, "src/undefined_plain.cpp:?", "",
     "signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'"},
    {"segv_ubsan.ubsan.clang", Kind::undefined_behavior, "src/segv_ubsan.cpp:crash", "",
     "store to null pointer of type 'int'"},
};

TEST(Ubsan, RealLogs) {
  for (const auto& row : undefined_behaviours) expect_first(row, "UBSan");
}

TEST(Ubsan, EachLineIsAFinding) {
  const auto report = parse_report(read_log("undefined.ubsan.gcc"));
  ASSERT_THAT(report.findings, SizeIs(4));
  EXPECT_EQ(report.findings[1].signature, "undefined-behavior: src/undefined.cpp:shift");
  const auto& load = report.findings[3];
  EXPECT_EQ(load.message,
            "load of misaligned address for type 'const int', which requires 4 byte alignment");
  EXPECT_EQ(load.signature, "undefined-behavior: src/undefined.cpp:load");
  EXPECT_THAT(load.text, HasSubstr("note: pointer points here"));
}

TEST(Ubsan, WithoutAStackThePlaceIsTheSide) {
  const auto report = parse_report(read_log("undefined_plain.ubsan.clang") + "processed=1\n");
  ASSERT_THAT(report.findings, SizeIs(1));
  const auto sides = stacks_of(report.findings[0], Role::side);
  ASSERT_THAT(sides, SizeIs(1));
  ASSERT_THAT(sides[0]->frames, SizeIs(1));
  EXPECT_EQ(sides[0]->frames[0], (Frame{"", "/src/undefined_plain.cpp", 8, 27, "", 0}));
  EXPECT_THAT(report.findings[0].text, Not(HasSubstr("processed")));
}

TEST(Ubsan, PlacesOfEveryForm) {
  const auto report = parse_report(
      "a.cpp:3:4: runtime error: one\n"
      "/src/a b.cpp:5: runtime error: two\n"
      "<unknown>: runtime error: three\n");
  ASSERT_THAT(report.findings, SizeIs(3));
  EXPECT_EQ(report.findings[0].signature, "undefined-behavior: a.cpp:?");
  EXPECT_EQ(report.findings[1].stacks.at(0).frames.at(0).file, "/src/a b.cpp");
  EXPECT_EQ(report.findings[1].stacks.at(0).frames.at(0).line, 5);
  EXPECT_EQ(report.findings[2].message, "three");
}

}  // namespace
}  // namespace redflag
