#include "sanitizer/tool_error.h"

#include <gmock/gmock.h>

#include <vector>

#include "sanitizer/parse.h"

namespace redflag {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(ToolError, LinesThatTellOfTheToolAndNotOfTheProgram) {
  for (const auto* line : {
           "FATAL: ThreadSanitizer: unexpected memory mapping 0x64d9-0x64da",
           "FATAL: ThreadSanitizer: encountered an incompatible memory layout but was unable to "
           "disable ASLR",
           "ThreadSanitizer: CHECK failed: tsan_rtl.cpp:12 \"((0)) != ((0))\" (0x0, 0x0)",
           "FATAL: ThreadSanitizer CHECK failed: a.cc:1 \"((0)) != ((0))\" (0x0, 0x0)",
           "==1==AddressSanitizer CHECK failed: a.cc:1 \"((0)) != ((0))\" (0x0, 0x0)",
           "AddressSanitizer: CHECK failed: asan_thread.cpp:3 \"((1)) == ((2))\" (0x1, 0x2)",
           "==1==ThreadSanitizer: starting new threads after multi-threaded fork is not supported. "
           "Dying (set die_after_fork=0 to override)",
           "==1==ThreadSanitizer: failed to read suppressions file '/src/none'",
           "==1==LeakSanitizer has encountered a fatal error.",
           "==1==ERROR: AddressSanitizer failed to allocate 0x1000 (4096) bytes of x",
           "==1==ASan runtime does not come first in initial library list; you should either link "
           "runtime to your application or manually preload it with LD_PRELOAD.",
           "==1==Shadow memory range interleaves with an existing memory mapping. ASan cannot "
           "proceed correctly. AddressSanitizer",
           "ThreadSanitizer: Thread limit (8128 threads) exceeded. Dying.",
           "==1==WARNING: invalid path to external symbolizer!",
       }) {
    const auto report = parse_report(std::string(line) + "\n");
    EXPECT_THAT(report.findings, IsEmpty()) << line;
    EXPECT_THAT(report.tool_errors, SizeIs(1)) << line;
  }
}

TEST(ToolError, OtherLinesAreNone) {
  for (const auto* line :
       {"CHECK failed: my own", "==================", "ThreadSanitizer: reported 1 warnings",
        "ThreadSanitizer: Matched 1 suppressions (pid=1):", "1 race:bump",
        "==1==The signal is caused by a WRITE memory access.",
        "SUMMARY: ThreadSanitizer: data race /src/a.cpp:9 in f", ""}) {
    EXPECT_EQ(parse_report(line), Report{}) << line;
  }
}

TEST(ToolError, HasNoProcessNumber) {
  EXPECT_EQ(sanitizer::tool_error("==123==LeakSanitizer has encountered a fatal error.\r"),
            "LeakSanitizer has encountered a fatal error.");
  EXPECT_EQ(sanitizer::tool_error("==x==ThreadSanitizer: CHECK failed: a"),
            "==x==ThreadSanitizer: CHECK failed: a");
}

TEST(ToolError, InsideAReportEndsIt) {
  const auto report = parse_report(
      "WARNING: ThreadSanitizer: data race (pid=1)\n"
      "  Read of size 4 at 0x7b08 by thread T1:\n"
      "    #0 look /src/a.cpp:3 (a+0x1)\n"
      "ThreadSanitizer: CHECK failed: a.cpp:1 \"((0)) != ((0))\" (0x0, 0x0)\n");
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].signature, "data-race: src/a.cpp:look");
  EXPECT_THAT(report.tool_errors,
              ElementsAre("ThreadSanitizer: CHECK failed: a.cpp:1 \"((0)) != ((0))\" (0x0, 0x0)"));
}

}  // namespace
}  // namespace redflag
