// Where a sanitizer is told to write.
#pragma once

#include <stdexcept>
#include <string>

namespace redflag {

/// `path` as the value of the option log_path: quoted, because a colon or a space in it would end
/// the option. Throws std::runtime_error for one that no sanitizer takes.
inline std::string quoted_log_path(const std::string& path) {
  const char mark = path.find('\'') == std::string::npos ? '\'' : '"';
  if (path.find(mark) != std::string::npos)
    throw std::runtime_error(path + ": sanitizers take no log whose path has both ' and \"");
  return mark + path + mark;
}

}  // namespace redflag
