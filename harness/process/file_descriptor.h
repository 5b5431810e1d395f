// A file descriptor that closes itself.
#pragma once

#include <unistd.h>

#include <utility>

namespace redflag {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  ~FileDescriptor() { reset(); }

  [[nodiscard]] int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void reset() {
    // The analyzer takes the pair of a structured binding for unset.
    if (fd_ >= 0) close(fd_);  // NOLINT(clang-analyzer-core.UndefinedBinaryOperatorResult)
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

}  // namespace redflag
