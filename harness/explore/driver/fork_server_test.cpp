#include "explore/driver/fork_server.h"

#include <gtest/gtest.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): setenv is POSIX

#include <fstream>

#include "explore/driver/test_programs.h"

namespace redflag {
namespace {

// Speaks llvm-symbolizer's protocol, and notes each start.
std::filesystem::path make_symbolizer(const TestFolder& folder) {
  auto path = folder.path() / "llvm-symbolizer";
  std::ofstream(path) << "#!/bin/sh\n"
                         "echo start >>'"
                      << (folder.path() / "starts").string()
                      << "'\n"
                         "while read -r line; do printf 'named\\nfile.cpp:1:1\\n\\n'; done\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path;
}

int lines_in(const std::filesystem::path& path) {
  std::ifstream in(path);
  int lines = 0;
  for (std::string line; std::getline(in, line);) ++lines;
  return lines;
}

// A thread that starts a symbolizer sleeps meanwhile, and could be taken to be stuck.
TEST(ForkServer, StartsTheSymbolizerOnceForAllExecutions) {
#ifndef __clang__
  GTEST_SKIP() << "GCC's runtime reads names itself";
#endif
  const TestFolder folder;
  const std::string symbolizer = make_symbolizer(folder).string();
  setenv("TSAN_OPTIONS", ("external_symbolizer_path=" + symbolizer).c_str(), 1);
  ServerOptions options;
  options.log = folder.path() / "log";
  options.symbolize = true;
  ForkServer server(explored_program("race_bug"), options);
  unsetenv("TSAN_OPTIONS");
  explorer::Spec spec = {};
  spec.strategy = explorer::StrategyId::pos;
  spec.max_steps = 100000;
  int named = 0;
  for (spec.seed = 1; spec.seed <= 20; ++spec.seed)
    if (server.run(spec).sanitizer.find("named file.cpp:1") != std::string::npos) ++named;
  EXPECT_GT(named, 1);
  EXPECT_EQ(lines_in(folder.path() / "starts"), 1);
}

}  // namespace
}  // namespace redflag
