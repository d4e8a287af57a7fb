#pragma once
BEGIN { }
