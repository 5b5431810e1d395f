// For tests: a folder for what the explorer finds.
#pragma once

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

#include <filesystem>
#include <string>

#include "explore/driver/search.h"

namespace redflag {

class TestFolder {
 public:
  TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "explore-test-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline SearchOptions test_options(const TestFolder& folder, std::uint64_t schedules) {
  SearchOptions options;
  options.folder = folder.path();
  options.schedules = schedules;
  options.minimise = false;
  return options;
}

}  // namespace redflag
