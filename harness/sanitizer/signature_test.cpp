#include "sanitizer/signature.h"

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

#include "sanitizer/test_logs.h"

namespace redflag {
namespace {

using testing::IsEmpty;
using testing::Not;

Stack side(const std::string& function, const std::string& file) {
  return {Role::side, "", "", {{function, file, 1, 1, "", 0}}};
}

Finding race(std::vector<Stack> stacks) {
  Finding finding;
  finding.kind = Kind::data_race;
  finding.stacks = std::move(stacks);
  return finding;
}

std::set<std::string> signatures_in(const std::string& log) {
  std::set<std::string> signatures;
  for (const auto& finding : parse_report(read_log(log)).findings) {
    signatures.insert(finding.signature);
  }
  return signatures;
}

// The name of the other compiler's log: "a.tsan.gcc" to "a.tsan.clang".
std::string clangs(std::string gcc) { return gcc.replace(gcc.rfind("gcc"), 3, "clang"); }

TEST(Signature, BothCompilersGiveTheSame) {
  int compared = 0;
  for (const auto& name : log_names()) {
    if (!name.ends_with(".gcc")) continue;
    ASSERT_TRUE(std::filesystem::exists(log_folder() / (clangs(name) + ".log"))) << name;
    EXPECT_THAT(signatures_in(name), Not(IsEmpty())) << name;
    EXPECT_EQ(signatures_in(name), signatures_in(clangs(name))) << name;
    ++compared;
  }
  EXPECT_GE(compared, 40);
}

TEST(Signature, BothToolsGiveTheSame) {
  EXPECT_EQ(signatures_in("use_after_free.asan.gcc"), signatures_in("use_after_free.tsan.gcc"));
  EXPECT_EQ(signatures_in("segv.asan.gcc"), signatures_in("segv.tsan.clang"));
}

TEST(Signature, OrderOfSidesFoldersAndLinesDoNotCount) {
  const auto one =
      race({side("ns::stop()", "/a/src/unsafe.cpp"), side("process", "/b/src/safe.cpp")});
  auto other = race({side("process", "src/safe.cpp"), side("stop", "C/src/unsafe.cpp")});
  other.stacks[0].frames[0].line = 99;
  EXPECT_EQ(signature_of(one), "data-race: src/safe.cpp:process | src/unsafe.cpp:stop");
  EXPECT_EQ(signature_of(other), signature_of(one));
}

TEST(Signature, EqualSidesAreWrittenOnce) {
  EXPECT_EQ(signature_of(race({side("f", "/src/a.cpp"), side("f", "/src/a.cpp")})),
            "data-race: src/a.cpp:f");
}

TEST(Signature, LostSidesAreMarked) {
  EXPECT_EQ(signature_of(race({side("f", "/src/a.cpp"), {Role::side, "", "", {}}})),
            "data-race: ? | src/a.cpp:f");
  EXPECT_EQ(signature_of(race({})), "data-race: ?");
  EXPECT_EQ(signature_of(race({side("", "/src/a.cpp")})), "data-race: src/a.cpp:?");
  EXPECT_EQ(signature_of(race({side("ns::f()", "")})), "data-race: f");
}

TEST(Signature, OtherStacksCountOnlyWithoutSides) {
  auto thread = side("main", "/src/a.cpp");
  thread.role = Role::thread;
  EXPECT_EQ(signature_of(race({thread, side("f", "/src/a.cpp")})), "data-race: src/a.cpp:f");
  EXPECT_EQ(signature_of(race({{Role::other, "", "", {}}, thread})), "data-race: src/a.cpp:main");
}

TEST(Signature, VptrKindsCountAsWhatGccCallsThem) {
  auto finding = race({side("f", "/src/a.cpp")});
  finding.kind = Kind::data_race_on_vptr;
  EXPECT_EQ(signature_of(finding), "data-race: src/a.cpp:f");
  finding.kind = Kind::virtual_call_vs_free;
  EXPECT_EQ(signature_of(finding), "heap-use-after-free: src/a.cpp:f");
}

}  // namespace
}  // namespace redflag
