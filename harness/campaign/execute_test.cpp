#include "campaign/execute.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

namespace redflag {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class Steps : public Observer {
 public:
  std::vector<std::string> steps;
  void step(const std::string& what) override { steps.push_back(what); }
  void started(const Run& /*run*/) override {}
  void finished(const Run& /*run*/, std::size_t /*done*/, std::size_t /*all*/) override {}
};

// A checkout with made-up programs: shell scripts that CMake "builds", one of which does not.
class ExecuteTest : public testing::Test {
 protected:
  ExecuteTest()
      : root_(fs::path(testing::TempDir()) /
              (std::string("execute-") +
               testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::create_directories(root_);
    std::ofstream(root_ / "CMakePresets.json") << R"({"version": 6,
        "configurePresets": [{"name": "plain", "generator": "Ninja",
                              "binaryDir": "${sourceDir}/build/plain"}],
        "buildPresets": [{"name": "plain", "configurePreset": "plain"}]})";
    std::ofstream(root_ / "CMakeLists.txt") << R"(cmake_minimum_required(VERSION 3.25)
        project(fake NONE)
        add_custom_target(scenario.good.unsafe COMMAND ${CMAKE_COMMAND} -E copy
          ${CMAKE_SOURCE_DIR}/program ${CMAKE_BINARY_DIR}/scenarios/good/unsafe)
        add_custom_target(scenario.bad.unsafe COMMAND echo "error: no such thing" COMMAND false))";
    const fs::path program = root_ / "program";
    std::ofstream(program)
        << "#!/bin/sh\n[ \"$1\" = --describe ] && echo '{\"scenario\": \"good\", "
           "\"variant\": \"unsafe\", \"side\": \"unsafe\", \"compiler\": \"gcc\", "
           "\"instrumentation\": \"none\", \"expect\": [], \"outcomes\": []}'\n"
           "exit 0\n";
    fs::permissions(program, fs::perms::owner_all);
    fs::create_directories(root_ / "build/plain/scenarios/good");
    add_run("good", Mode::plain);
    add_run("bad", Mode::plain);
    campaign_.environment.jobs = 2;
  }
  ~ExecuteTest() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  void add_run(const std::string& scenario, Mode mode) {
    redflag::Run run;
    run.scenario = scenario;
    run.variant = "unsafe";
    run.mode = mode;
    run.compiler = "gcc";
    campaign_.runs.push_back(run);
  }

  std::vector<std::string> go() {
    Steps observer;
    execute(campaign_, {root_}, root_ / "out", stop_, observer,
            [this](const Campaign&) { ++saves_; });
    return observer.steps;
  }

  fs::path root_;
  Campaign campaign_;
  std::atomic<bool> stop_ = false;
  int saves_ = 0;
};

TEST_F(ExecuteTest, WhatDoesNotBuildIsNamedAndTheRestRuns) {
  go();
  EXPECT_EQ(campaign_.runs[1].status, Status::not_built);
  EXPECT_THAT(campaign_.runs[1].reasons.at(0), HasSubstr("no such thing"));
  EXPECT_EQ(campaign_.runs[0].status, Status::crashed_harness);  // it ran; a script has no status
  EXPECT_THAT(campaign_.runs[0].reasons.at(0), HasSubstr("left no status"));
  EXPECT_EQ(exit_code(campaign_), 3);
  EXPECT_TRUE(campaign_.complete);
  EXPECT_EQ(saves_, 2);  // after the one run, and at the end
}

TEST_F(ExecuteTest, APresetIsConfiguredOnceAndAgainWhenThePresetsHaveChanged) {
  EXPECT_THAT(go(), ElementsAre("configuring plain", "building 2 programs for plain"));
  EXPECT_THAT(go(), ElementsAre("building 2 programs for plain"));
  std::ofstream(root_ / "CMakePresets.json", std::ios::app) << "\n";
  EXPECT_THAT(go(), Contains("configuring plain"));
}

TEST_F(ExecuteTest, APresetThatCannotBeConfiguredFailsOnlyItsOwnRuns) {
  add_run("good", Mode::tsan);
  go();
  EXPECT_EQ(campaign_.runs[2].status, Status::not_built);
  EXPECT_THAT(campaign_.runs[2].reasons.at(0), HasSubstr("preset tsan cannot be configured"));
  EXPECT_EQ(campaign_.runs[0].status, Status::crashed_harness);
}

TEST_F(ExecuteTest, AMissingSanitizerRuntimeIsNamedAndTheRestRuns) {
  const fs::path compiler = root_ / "without-tsan";  // as where its runtime is not installed
  std::ofstream(compiler) << "#!/bin/sh\n"
                             "case \" $* \" in\n"
                             "  *' -c '*) ;;\n"
                             "  *' -fsanitize=thread '*) echo 'cannot find -ltsan' >&2; exit 1 ;;\n"
                             "esac\n"
                             "exec c++ \"$@\"\n";
  fs::permissions(compiler, fs::perms::owner_all);
  std::ofstream(root_ / "CMakePresets.json") << R"({"version": 6,
      "configurePresets": [{"name": "plain", "generator": "Ninja",
                            "binaryDir": "${sourceDir}/build/plain"},
                           {"name": "tsan", "generator": "Ninja",
                            "binaryDir": "${sourceDir}/build/tsan",
                            "cacheVariables": {"CMAKE_CXX_COMPILER": "${sourceDir}/without-tsan",
                                               "REDFLAG_MODE": "tsan"}}],
      "buildPresets": [{"name": "plain", "configurePreset": "plain"},
                       {"name": "tsan", "configurePreset": "tsan"}]})";
  std::ofstream(root_ / "CMakeLists.txt", std::ios::app)
      << "\nif(REDFLAG_MODE)\n  enable_language(CXX)\n  include(" REDFLAG_SOURCE_DIR
         "/cmake/Mode.cmake)\nendif()\n";
  add_run("good", Mode::tsan);
  go();
  EXPECT_EQ(campaign_.runs[2].status, Status::not_built);
  EXPECT_THAT(campaign_.runs[2].reasons.at(0),
              AllOf(HasSubstr("-fsanitize=thread"), HasSubstr("scripts/setup"),
                    Not(HasSubstr("Call Stack")), Not(EndsWith("\n"))));
  EXPECT_EQ(campaign_.runs[0].status, Status::crashed_harness);  // it ran
  EXPECT_EQ(exit_code(campaign_), 3);
}

TEST_F(ExecuteTest, AnInterruptedCampaignIsNotComplete) {
  stop_ = true;
  go();
  EXPECT_FALSE(campaign_.complete);
  for (const auto& run : campaign_.runs) {
    EXPECT_EQ(run.status, Status::skipped);
    EXPECT_THAT(run.reasons, testing::ElementsAre("interrupted"));
  }
  EXPECT_EQ(exit_code(campaign_), 3);
}

TEST_F(ExecuteTest, WhatSaveThrowsEndsTheCampaign) {
  Steps steps;
  EXPECT_THROW(execute(campaign_, {root_}, root_ / "out", stop_, steps,
                       [](const Campaign&) { throw CannotRun("disk full"); }),
               CannotRun);
}

}  // namespace
}  // namespace redflag
