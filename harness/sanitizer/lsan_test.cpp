#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "sanitizer/test_logs.h"

namespace redflag {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const std::vector<Expected> leaks{
    {"leak.asan.gcc", Kind::memory_leak, "src/leak.cpp:lose", "heap block of size 24",
     "direct leak of 24 bytes in 1 object"},
    {"leak.asan.clang", Kind::memory_leak, "src/leak.cpp:lose", "heap block of size 24",
     "direct leak of 24 bytes in 1 object"},
    {"leak.lsan.gcc", Kind::memory_leak, "src/leak.cpp:lose", "heap block of size 24",
     "direct leak of 24 bytes in 1 object"},
    {"leak.lsan.clang", Kind::memory_leak, "src/leak.cpp:lose", "heap block of size 24",
     "direct leak of 24 bytes in 1 object"},
};

TEST(Lsan, RealLogs) {
  for (const auto& row : leaks) expect_first(row, "LeakSanitizer");
}

TEST(Lsan, EachBlockIsAFinding) {
  const auto report = parse_report(read_log("leak.lsan.clang"));
  ASSERT_THAT(report.findings, SizeIs(2));
  const auto& second = report.findings[1];
  EXPECT_EQ(second.message, "indirect leak of 24 bytes in 1 object");
  const auto sides = stacks_of(second, Role::side);
  ASSERT_THAT(sides, SizeIs(1));
  EXPECT_EQ(sides[0]->title, "Indirect leak of 24 byte(s) in 1 object(s) allocated from");
  EXPECT_EQ(sides[0]->frames.at(1).line, 9);
  EXPECT_TRUE(second.text.starts_with("Indirect leak of 24 byte(s)"));
}

TEST(Lsan, ManyObjects) {
  const auto report = parse_report(
      "==1==ERROR: LeakSanitizer: detected memory leaks\n\n"
      "Direct leak of 1 byte(s) in 3 object(s) allocated from:\n"
      "    #0 0x1 in f /src/a.cpp:1\n\n"
      "Objects leaked above:\n0x602 (1 bytes)\n\n"
      "SUMMARY: AddressSanitizer: 1 byte(s) leaked in 3 allocation(s).\n"
      "Direct leak of 9 byte(s) in 9 object(s) allocated from: not a report\n");
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].message, "direct leak of 1 byte in 3 objects");
  EXPECT_EQ(report.findings[0].location, "3 heap blocks of 1 bytes");
}

TEST(Lsan, AReportCutBeforeItsFirstLeakIsStillAFinding) {
  const auto report = parse_report("==1==ERROR: LeakSanitizer: detected memory leaks\n\nDirect le");
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].kind, Kind::memory_leak);
  EXPECT_EQ(report.findings[0].signature, "memory-leak: ?");
}

TEST(Lsan, AfterAnotherReport) {
  const auto report =
      parse_report(read_log("undefined_plain.ubsan.gcc") + read_log("leak.asan.gcc"));
  ASSERT_THAT(report.findings, SizeIs(3));
  EXPECT_THAT(report.tool_errors, IsEmpty());
}

}  // namespace
}  // namespace redflag
